# SPDX-License-Identifier: Apache-2.0
#
#   make run      build the server and start it in run/ with the demo configuration; Ctrl-C stops it
#   make image    build a container image of it
#   make test     what the build server runs
#   make test-full, make mutate, make format, make image-test
#   make bench    mail through whole servers, ours and others, in turn: tests/benchmarks
#   make site     build the pages as a site: target/site/index.html
#   make release  build target/release/tlsward-VERSION.zip out of what is committed
#
# Variables:
#   MVN=mvn                       the Maven to build with
#   JAVA_HOME=                    the JDK to build and run with, 17 or newer
#   RUN_DIR=run                   working directory of `make run`; run/conf is made from conf/ once, then it is yours
#   JAVA_OPTS=-Xmx1g              options of the server's JVM
#   TLSWARD_BIND=127.0.0.1        address that SMTP and IMAP listen on
#   IMAGE=tlsward                 name of the image
#   BASE_IMAGE=...                a base image with a JRE, 17 or newer
#   BUILDER=                      docker, podman or buildah; whichever works is taken
#   VERSION=, DATE=               of a release; CONTRIBUTING.md says how to cut one

MVN ?= mvn
RUN_DIR ?= run
IMAGE ?= tlsward
BASE_IMAGE ?= docker.io/library/eclipse-temurin:21-jre
BUILDER ?=

.PHONY: run server image image-test test test-full mutate bench packages format release reproduce site

run: server
	@TLSWARD_HOME="$(RUN_DIR)" james-docker/run.sh; status=$$?; [ $$status = 130 ] || [ $$status = 143 ] || exit $$status

# With the command tlsward (cli/tlsward starts it), without tests and without the checks of `make test`, which want a JDK that their tools know.
server:
	@echo "Building the server (the first time Maven fetches its libraries, that takes some minutes) ..."
	@$(MVN) -q -Dmaven.test.skip=true -pl james-docker/server,cli -am package

image: server
	@BUILDER="$(BUILDER)" james-docker/build-image.sh "$(IMAGE)" "$(BASE_IMAGE)"

# README and docs/ as HTML that works from a disk.
site:
	@$(MVN) -q -Dmaven.test.skip=true -pl build/site package
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -jar build/site/target/site.jar . target/site

release:
	@MVN="$(MVN)" VERSION="$(VERSION)" DATE="$(DATE)" build/release.sh

# Twice, as two people would; every byte must be the same.
reproduce:
	@MVN="$(MVN)" VERSION="$(VERSION)" DATE="$(DATE)" build/release-twice.sh

# What the build server runs, as root on a fresh Debian with a JDK, Maven and git: everything but what takes long.
test: packages
	@tests/integration/image.sh base >/dev/null 2>&1 & $(MVN) -Pchecks verify; status=$$?; wait; exit $$status
	@tests/integration/image.sh

# The image alone, of what is built.
image-test: packages server
	@tests/integration/image.sh

# And what takes longer: servers that are killed; every mutation.
test-full: test
	@$(MVN) verify -pl bundle,james-docker/server,tests/integration -am -DskipITs -Dgroups=long -DexcludedGroups= \
	  -Dsurefire.failIfNoSpecifiedTests=false
	@tests/integration/kill9-inbound.sh
	@MVN="$(MVN)" build/release-twice.sh
	@tests/mutate.sh

# Takes out one protection after the other and demands that a named test notices.
mutate: packages
	@tests/mutate.sh

# Whole mail servers, ours and others, with the same load in turn; as root on Debian.
bench: server
	@MVN="$(MVN)" tests/benchmarks/relay.sh $(BENCH)

packages:
	@tests/install-packages.sh

format:
	@$(MVN) -q -Pchecks spotless:apply
