# Everything here runs on a machine that has only Go and make.
export CGO_ENABLED ?= 0

GO          ?= go
VERSION     ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
STATICCHECK  = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FOLDERS      = charts cmd report samples templates

.PHONY: help build demo test check format vet lint cross generated race fuzz soak bench golden samples fidelity compare large picture dist clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/valuebook
	$(GO) build -trimpath -o bin/valuebook ./cmd/valuebook

demo: build ## make the sample's annotated workbook and PDF report in out/
	@bin/valuebook report --out out samples/customers.xlsx

test: ## run all tests
	$(GO) test ./...

check: format vet lint cross generated test ## all that must hold before a change is merged

format: ## fail on files that gofmt would change
	@changed=$$(gofmt -l $(FOLDERS)); test -z "$$changed" || { echo "gofmt would change:"; echo "$$changed"; exit 1; }

vet: ## run go vet
	$(GO) vet ./...

lint: ## run staticcheck
	$(STATICCHECK) ./...

cross: ## compile for the other systems
	GOOS=windows $(GO) build -o /dev/null ./...
	GOOS=darwin GOARCH=arm64 $(GO) build -o /dev/null ./...

generated: ## fail when making the samples anew changes a file
	@before=$$(find samples -type f ! -name '*.got' -exec cksum {} + | sort); \
	$(GO) generate ./samples; \
	after=$$(find samples -type f ! -name '*.got' -exec cksum {} + | sort); \
	test "$$before" = "$$after" || { echo "make samples changes files: commit what it writes"; exit 1; }

race: ## run all tests with the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race ./...

FUZZTIME ?= 60s
# Where the coverage of an input varies from run to run, making it smaller would take up to a minute each time: ten tries do.
fuzz: ## run every fuzz test for FUZZTIME (60s)
	@set -e; for folder in $$($(GO) list ./...); do \
	  for name in $$($(GO) test -list '^Fuzz' $$folder | grep '^Fuzz' || true); do \
	    echo "$$folder $$name"; $(GO) test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$folder; \
	  done; done

WORKBOOKS ?= 2000
soak: ## kill processes at random moments for longer than the tests do; drop WORKBOOKS (2000) at once; serve nothing for ten minutes
	VALUEBOOK_SOAK=1 $(GO) test -count=1 -timeout 30m -v -run 'Kill|Soak' ./report/deliver
	VALUEBOOK_SOAK=$(WORKBOOKS) $(GO) test -count=1 -timeout 12h -v -run 'Soak' ./cmd/valuebook

bench: ## run all benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

golden: ## rewrite the golden files; look at the difference before you commit
	UPDATE_GOLDEN=1 $(GO) test ./...

samples: ## write the sample workbooks anew
	$(GO) generate ./samples

DIR ?= $(VALUEBOOK_PRACTICE)
fidelity: ## annotate every practice workbook of DIR and compare all parts; recalculate the samples (needs LibreOffice)
	VALUEBOOK_FIDELITY=1 VALUEBOOK_PRACTICE=$(abspath $(DIR)) $(GO) test -count=1 -timeout 60m -v -run 'Practice|RecalculatesToTheSame' ./report/annotate
	VALUEBOOK_FIDELITY=1 $(GO) test -count=1 -timeout 20m -v -run 'SamplesRecalculate|ThousandsOfCustomers' ./cmd/valuebook

compare: ## compare what is read of the practice files of DIR, cells and customers' totals, with LibreOffice (takes minutes)
	VALUEBOOK_FIDELITY=1 VALUEBOOK_PRACTICE=$(abspath $(DIR)) $(GO) test -count=1 -timeout 60m -v -run 'PurchasesOfPractice' ./report/workbook
	VALUEBOOK_FIDELITY=1 VALUEBOOK_PRACTICE=$(abspath $(DIR)) $(GO) test -count=1 -timeout 120m -v -run 'Practice(Values|Cells)' ./report/workbook/source

large: ## hold the pages of a million customers (minutes, some gigabytes)
	VALUEBOOK_LARGE=1 $(GO) test -count=1 -timeout 30m -v -run 'Million' ./report/pdf

picture: demo ## draw the README's pictures of the report (needs poppler)
	pdftoppm -r 70 -f 1 -l 2 -png out/customers.pdf samples/report

dist: ## build static programs for Linux, Windows and macOS into dist/
	@set -e; for target in linux/amd64 linux/arm64 windows/amd64 darwin/amd64 darwin/arm64; do \
	  os=$${target%/*}; arch=$${target#*/}; name=dist/valuebook-$(VERSION)-$$os-$$arch; \
	  if [ $$os = windows ]; then name=$$name.exe; fi; \
	  GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w' -o $$name ./cmd/valuebook; echo $$name; \
	done

clean: ## remove what was built
	rm -rf bin dist out
