//go:build linux

package main

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valuebook/samples/pgtest"
)

// TestSoakKillStorm lets processes share reports of many pages and kills one of
// them every few seconds, before a report can be done: each ends with one set of
// outputs, and none is set aside for it.
func TestSoakKillStorm(t *testing.T) {
	soaking(t)
	for store, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": pgtest.DSN} {
		t.Run(store, func(t *testing.T) { killStorm(t, address(t)) })
	}
}

// The size of the storm.
const (
	stormBooks = 4
	stormPages = 1500
	stormKills = 16
)

func killStorm(t *testing.T, store string) {
	here(t, "format: pdf,json\nburst: Customer\ndrop: {path: drop, settled: 300ms}\nserve: {listen: off}\n")
	for i := range stormBooks {
		if err := os.WriteFile(filepath.Join("drop", fmt.Sprintf("book%d.csv", i)), []byte(monthlyBook(stormPages, i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	line := []string{"serve"}
	if store != "" {
		line = append(line, "--store="+store)
	}
	began, random := time.Now(), rand.New(rand.NewPCG(5, 5))
	servers := []*server{serverOf(t, line...), serverOf(t, line...), serverOf(t, line...)}
	kills := 0
	for ; kills < stormKills && len(filesBelow(t, "drop/work")) > 0 || kills == 0; kills++ {
		time.Sleep(time.Duration(3000+random.IntN(4000)) * time.Millisecond)
		i := random.IntN(len(servers))
		if servers[i].ProcessState != nil {
			t.Errorf("a server ended by itself")
		}
		_ = servers[i].Process.Kill()
		_ = servers[i].Wait()
		servers[i] = serverOf(t, line...)
	}
	until(t, "an end", func() bool { return len(filesBelow(t, "drop/work"))+len(filesBelow(t, "drop/rejected")) == 0 })
	want := map[string]int{}
	for i := range stormBooks {
		for _, ending := range []string{"csv", "json", "pdf"} {
			want[fmt.Sprintf("book%d.%s", i, ending)] = 1
		}
		want[fmt.Sprintf("book%d-pages", i)] = stormPages
	}
	got := map[string]int{}
	for _, file := range filesBelow(t, "drop/done") {
		parts := strings.Split(file, "/") // month, then a file or a folder of pages
		got[parts[1]]++
	}
	if !maps.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
	t.Logf("%d reports of %d pages, %d kills: done after %s, load %s", stormBooks, stormPages, kills, seconds(time.Since(began)), load())
}

// filesBelow lists the files below a folder.
func filesBelow(t *testing.T, root string) (files []string) {
	t.Helper()
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			relative, _ := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(relative))
		}
		return nil // what has just gone is not below it
	})
	return files
}
