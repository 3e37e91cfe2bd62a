#!/usr/bin/env python3
"""How much of `kubectl get pods -A` is the server: the lab beside a server that sends the same bytes from memory.

Usage: kubectl_floor.py LAB [PODS [RUNS]], LAB being the built program (artifacts/bin/KubeLab.Cli/release/lab). Runs alternate, so that both meet the same
machine; the medians' ratio is what counts.
"""

import http.server
import json
import os
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

LAB, PODS, RUNS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000, int(sys.argv[3]) if len(sys.argv) > 3 else 11
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"
DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"


def kubectl(kubeconfig, home, *arguments):
    return subprocess.run(["kubectl", "--kubeconfig", kubeconfig, *arguments], env={**os.environ, "HOME": home}, check=True, stdout=subprocess.PIPE, text=True).stdout


def timed(kubeconfig, home):
    start = time.perf_counter()
    lines = kubectl(kubeconfig, home, "get", "pods", "-A").count("\n")
    assert lines > PODS, lines
    return time.perf_counter() - start


def record(kubeconfig):
    """The answers to what kubectl asks: discovery, then pages of 500."""
    config = json.loads(kubectl(kubeconfig, "/tmp", "config", "view", "--raw", "-o", "json"))
    server = config["clusters"][0]["cluster"]["server"]
    context = ssl._create_unverified_context()
    with tempfile.NamedTemporaryFile("wb", suffix=".pem") as pem:
        import base64

        user = config["users"][0]["user"]
        pem.write(base64.b64decode(user["client-certificate-data"]) + b"\n" + base64.b64decode(user["client-key-data"]))
        pem.flush()
        context.load_cert_chain(pem.name)

    def get(path, accept):
        with urllib.request.urlopen(urllib.request.Request(server + path, headers={"Accept": accept}), context=context) as answer:
            return answer.headers["Content-Type"], answer.read()

    pages = {path: get(path, DISCOVERY) for path in ("/api", "/apis")}
    path = "/api/v1/pods?limit=500"
    while path:
        pages[path] = get(path, TABLE)
        token = json.loads(pages[path][1])["metadata"].get("continue")
        path = f"/api/v1/pods?continue={token}&limit=500" if token else None
    return pages


def serve(pages, folder):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            # Discovery is asked with a limit of time, which changes nothing.
            kind, body = pages[self.path.split("?timeout=")[0]]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    certificate, key = f"{folder}/tls.crt", f"{folder}/tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://127.0.0.1:{server.server_port}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        ours, floor = f"{folder}/ours", f"{folder}/floor"
        lab = subprocess.Popen([LAB, "cluster", "--workers", str(PODS // 100 + 1), "--speed", "60", "--kubeconfig", ours], stdout=subprocess.DEVNULL)
        try:
            # Not at full speed: there the five minutes for which the server keeps a list's pages pass between two of them.
            while not os.path.exists(ours):
                time.sleep(0.1)
            for i in range(PODS // 1000):
                kubectl(ours, folder, "create", "deployment", f"load-{i}", "--image=registry.k8s.io/pause:3.10", "--replicas=1000")
            while "False" in kubectl(ours, folder, "get", "deployments", "-o", "jsonpath={.items[*].status.conditions[?(@.type=='Available')].status}"):
                time.sleep(1)
            pages = record(ours)
            address = serve(pages, folder)
            entry = {"clusters": [{"name": "x", "cluster": {"server": address, "insecure-skip-tls-verify": True}}], "users": [{"name": "x", "user": {"token": "x"}}],
                     "contexts": [{"name": "x", "context": {"cluster": "x", "user": "x"}}], "current-context": "x", "apiVersion": "v1", "kind": "Config"}
            with open(floor, "w") as file:
                json.dump(entry, file)
            timed(ours, folder), timed(floor, folder)
            runs = [(timed(ours, folder), timed(floor, folder)) for _ in range(RUNS)]
        finally:
            lab.terminate()
            lab.wait()
    mine, least = (statistics.median(side) for side in zip(*runs))
    print(f"{PODS} pods, {sum(len(b) for _, b in pages.values())} bytes, {RUNS} runs each: lab {mine:.3f} s, same bytes from memory {least:.3f} s, ratio {mine / least:.2f}")


if __name__ == "__main__":
    main()
