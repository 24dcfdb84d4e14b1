.PHONY: help install run test test-long test-matrix check lock clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ \t/' | expand -t 14

install:  ## everything that `make run` needs
	scripts/install run

run: install  ## serve the product at http://127.0.0.1:8000
	.venv/bin/agentic-mlops serve

test:  ## install what the tests need, then run them
	scripts/install test
	scripts/test

test-long:  ## the tests that are too long for every run, and the whole matrix after them: hours
	scripts/install test
	scripts/test --long
	scripts/test --matrix

test-matrix:  ## the last part of test-long alone: the checks that take long, on every plan of the matrix
	scripts/install test
	scripts/test --matrix

check:  ## format, lint, types, import contracts
	scripts/check

lock:  ## make the hashed locks anew
	scripts/lock

clean:  ## remove what was installed and built
	rm -rf .venv .runtime .tools .cache
