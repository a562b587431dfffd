package main

import "testing"

func TestUsualName(t *testing.T) {
	for path, want := range map[string]string{
		"/books/survey/valuebook.yaml": "survey", "/books/survey/north.yaml": "north", "/books/survey/south.west.yml": "south.west",
	} {
		if got := (&runFile{path: path}).usualName(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
