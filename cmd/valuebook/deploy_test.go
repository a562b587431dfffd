package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"valuebook/samples/golden"
)

// deployed reads an example of the folder deploy.
func deployed(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "templates", "deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// manifest is what these tests need of an object of a cluster.
type manifest struct {
	Kind     string
	Metadata struct{ Name string }
	Data     map[string]string
	Spec     struct {
		Selector struct {
			MatchLabels map[string]string `yaml:"matchLabels"`
		}
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     struct {
				Grace      int `yaml:"terminationGracePeriodSeconds"`
				Containers []container
				Volumes    []struct {
					Name      string
					ConfigMap struct{ Name string } `yaml:"configMap"`
					Claim     struct {
						Name string `yaml:"claimName"`
					} `yaml:"persistentVolumeClaim"`
				}
			}
		}
	}
}

type container struct {
	Args    []string
	Env     []any
	EnvFrom []struct {
		SecretRef struct{ Name string } `yaml:"secretRef"`
	} `yaml:"envFrom"`
	LivenessProbe   probe `yaml:"livenessProbe"`
	ReadinessProbe  probe `yaml:"readinessProbe"`
	SecurityContext struct {
		ReadOnly bool `yaml:"readOnlyRootFilesystem"`
	} `yaml:"securityContext"`
}

type probe struct {
	HTTPGet struct{ Path, Port string } `yaml:"httpGet"`
}

// TestKubernetes holds that the objects of the example fit together, and that
// the program takes its run file and its arguments.
func TestKubernetes(t *testing.T) {
	text := deployed(t, "kubernetes.yaml")
	decoder := yaml.NewDecoder(strings.NewReader(text))
	names := map[string]bool{}
	var deployments []manifest
	config := filepath.Join(t.TempDir(), "valuebook.yaml")
	for {
		var one manifest
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names[one.Kind+" "+one.Metadata.Name] = true
		if one.Kind == "Deployment" {
			deployments = append(deployments, one)
		}
		if file := one.Data["valuebook.yaml"]; file != "" {
			if err := os.WriteFile(config, []byte(file), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(deployments) != 2 {
		t.Fatalf("%d deployments, want serve and worker", len(deployments))
	}
	for _, d := range deployments {
		spec := d.Spec.Template.Spec
		if labels := d.Spec.Template.Metadata.Labels; labels["part"] == "" || labels["part"] != d.Spec.Selector.MatchLabels["part"] {
			t.Errorf("%s selects %v of %v", d.Metadata.Name, d.Spec.Selector.MatchLabels, labels)
		}
		if spec.Grace < int(grace.Seconds()) {
			t.Errorf("%s: %d s to stop, %v are needed", d.Metadata.Name, spec.Grace, grace)
		}
		for _, v := range spec.Volumes {
			for _, wanted := range []string{"ConfigMap " + v.ConfigMap.Name, "PersistentVolumeClaim " + v.Claim.Name} {
				if !strings.HasSuffix(wanted, " ") && !names[wanted] {
					t.Errorf("%s wants %s, which is not there", d.Metadata.Name, wanted)
				}
			}
		}
		c := spec.Containers[0]
		if len(c.Env) > 0 || len(c.EnvFrom) != 1 || c.EnvFrom[0].SecretRef.Name != "valuebook" || !c.SecurityContext.ReadOnly {
			t.Errorf("%s: secrets come from elsewhere: %+v", d.Metadata.Name, c)
		}
		if c.Args[0] == "serve" && (c.LivenessProbe.HTTPGet.Path != "/healthz" || c.ReadinessProbe.HTTPGet.Path != "/readyz") {
			t.Errorf("probes %+v, %+v", c.LivenessProbe, c.ReadinessProbe)
		}
		takesArguments(t, c.Args, config)
	}
}

// takesArguments runs the program with the arguments of a deployment, on a
// database that is not there: it gets as far as that.
func takesArguments(t *testing.T, args []string, config string) {
	t.Helper()
	line := append([]string{"valuebook"}, args...)
	for flag, value := range map[string]string{"--config": config, "--store": "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"} {
		i := slices.Index(line, flag)
		if i < 0 {
			t.Fatalf("%q has no %s", line, flag)
		}
		line[i+1] = value
	}
	var said bytes.Buffer
	if code := run(context.Background(), line, strings.NewReader(""), &said, &said); code != exitFailure || !strings.Contains(said.String(), "127.0.0.1:1") {
		t.Errorf("%q: exit %d: %s", line, code, &said)
	}
}

// TestContainerfile holds what can be held without building it.
func TestContainerfile(t *testing.T) {
	text := deployed(t, "Containerfile")
	module, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	for _, part := range []string{"golang:" + string(version[1]) + " AS build", "CGO_ENABLED=0 go build -trimpath", "./cmd/valuebook", "EXPOSE 8321", "STOPSIGNAL SIGTERM",
		`ENTRYPOINT ["/valuebook"]`, `CMD ["serve", "--config", "/data/valuebook.yaml"]`, "--chown=65532:65532"} {
		if !strings.Contains(text, part) {
			t.Errorf("the Containerfile lacks %s", part)
		}
	}
	made := regexp.MustCompile(`-o (\S+) `).FindStringSubmatch(text)
	if made == nil || !strings.Contains(text, "COPY --from=build "+made[1]+" /valuebook") {
		t.Errorf("what is built is not what is copied: %q", made)
	}
}

// TestServiceUnit asks systemd about the example of a service.
func TestServiceUnit(t *testing.T) {
	analyze := golden.Tool(t, "systemd-analyze")
	folder := t.TempDir()
	program, unit := filepath.Join(folder, "valuebook"), filepath.Join(folder, "valuebook.service")
	text := strings.ReplaceAll(deployed(t, "valuebook-serve.service"), "/usr/local/bin/valuebook", program)
	err := errors.Join(os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755), os.WriteFile(unit, []byte(text), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput()
	if err != nil || strings.Contains(string(out), "valuebook") {
		t.Errorf("systemd says: %v\n%s", err, out)
	}
	if !strings.Contains(text, "serve --config") || !strings.Contains(text, "TimeoutStopSec=330") {
		t.Error("the unit does not serve, or stops too early")
	}
}
