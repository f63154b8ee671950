#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads docker-compose.yml as far as that goes without Docker: files exist, names refer to something, every service has what ours must have."""

import pathlib
import sys

import yaml


def problems(path):
    compose = yaml.safe_load(path.read_text(encoding="utf-8"))
    services = compose["services"]
    volumes = set(compose.get("volumes") or {})
    networks = set(compose.get("networks") or {})
    for missing in {"tlsward", "unbound", "partner-tls", "partner-cleartext"} - set(services):
        yield f"there is no service {missing}"
    addresses = set()
    for name, service in services.items():
        yield from problems_of(name, service, path.parent, volumes)
        for network, settings in (service.get("networks") or {}).items():
            if network not in networks:
                yield f"{name}: unknown network {network}"
            if settings["ipv4_address"] in addresses:
                yield f"{name}: {settings['ipv4_address']} is taken"
            addresses.add(settings["ipv4_address"])
        for other in service.get("depends_on") or {}:
            if other not in services:
                yield f"{name}: depends on the unknown service {other}"
    demo = (path.parent / "demo/tlsward.xml").read_text(encoding="utf-8")
    for service in ("unbound", "partner-tls", "partner-cleartext"):
        if services[service]["networks"]["mail"]["ipv4_address"] not in demo:
            yield f"demo/tlsward.xml does not know the address of {service}"


def problems_of(name, service, folder, volumes):
    if "image" not in service and not (folder / service["build"] / "Dockerfile").exists():
        yield f"{name}: no image and no Dockerfile"
    if service.get("read_only") is not True:
        yield f"{name}: its root file system can be written"
    if "test" not in (service.get("healthcheck") or {}):
        yield f"{name}: no health check"
    for volume in service.get("volumes") or []:
        source = volume.split(":")[0]
        if source.startswith("."):
            if not (folder / source).exists():
                yield f"{name}: there is no {source}"
        elif source not in volumes:
            yield f"{name}: unknown volume {source}"
    for port in service.get("ports") or []:
        if not port.startswith(("${BIND:-127.0.0.1}:", "127.0.0.1:")):
            yield f"{name}: {port} is published to everybody"


found = list(problems(pathlib.Path(sys.argv[1])))
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found else 0)
