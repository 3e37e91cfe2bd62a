"""What people do with the official Python client, done against a served cluster.

Usage: scenarios.py SCENARIO NAMESPACE. Nothing is printed but wishes to the test that runs it: "@advance SECONDS" lets the cluster's time pass,
"@flood NAMESPACE" writes more than a slow watcher is kept for; the test answers each with a line. A check that fails ends the script.
"""

import json
import sys

from kubernetes import client, config, utils, watch
from kubernetes.client.rest import ApiException
from kubernetes.dynamic import DynamicClient
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError, ResourceNotFoundError, UnprocessibleEntityError

LABELS = {"app": "web"}

# Every namespace has the certificates of the cluster's authority as a config map, which is not the scenario's.
OWN = "metadata.name!=kube-root-ca.crt"


def ask(wish):
    print(wish, flush=True)
    assert sys.stdin.readline().strip() == "done", f"the test did not do {wish}"


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def refused(kind, code, reason, call, *args, **kwargs):
    """Calls, and returns the Status that refuses it."""
    try:
        call(*args, **kwargs)
    except kind as error:
        status = json.loads(error.body)
        equal((error.status, status["kind"], status["status"], status["code"], status["reason"]), (code, "Status", "Failure", code, reason))
        equal(error.headers["Content-Type"], "application/json")
        return status
    raise AssertionError(f"{call.__name__} was not refused")


def settings(name, data=None, **metadata):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, **metadata), data=data or {"key": "value"})


def deployment(name, replicas=2):
    container = client.V1Container(name="app", image="nginx:1.27", resources=client.V1ResourceRequirements(requests={"cpu": "100m"}))
    template = client.V1PodTemplateSpec(metadata=client.V1ObjectMeta(labels=LABELS), spec=client.V1PodSpec(containers=[container]))
    spec = client.V1DeploymentSpec(replicas=replicas, selector=client.V1LabelSelector(match_labels=LABELS), template=template)
    return client.V1Deployment(metadata=client.V1ObjectMeta(name=name, labels=LABELS), spec=spec)


def objects(ns):
    core = client.CoreV1Api()
    made = core.create_namespaced_config_map(ns, settings("one", labels=LABELS))
    equal((made.metadata.name, made.metadata.namespace, made.data), ("one", ns, {"key": "value"}))
    made.data["more"] = "ü\n"
    changed = core.replace_namespaced_config_map("one", ns, made)
    assert changed.metadata.resource_version != made.metadata.resource_version
    equal(core.read_namespaced_config_map("one", ns).data, {"key": "value", "more": "ü\n"})
    for i in range(10):
        core.create_namespaced_config_map(ns, settings(f"n{i}"))
    equal([c.metadata.name for c in core.list_namespaced_config_map(ns, field_selector=OWN, label_selector="app=web").items], ["one"])
    equal([c.metadata.name for c in core.list_namespaced_config_map(ns, field_selector="metadata.name=n3").items], ["n3"])
    names, go_on = [], None
    while go_on != "":
        page = core.list_namespaced_config_map(ns, field_selector=OWN, limit=4, _continue=go_on)
        names += [c.metadata.name for c in page.items]
        go_on = page.metadata._continue or ""
    equal(names, sorted(f"n{i}" for i in range(10)) + ["one"])


def rollout(ns):
    apps, core = client.AppsV1Api(), client.CoreV1Api()
    apps.create_namespaced_deployment(ns, deployment("web"))
    ask("@advance 120")
    status = apps.read_namespaced_deployment_status("web", ns).status
    equal((status.ready_replicas, status.updated_replicas, [c.status for c in status.conditions]), (2, 2, ["True", "True"]))
    equal(apps.read_namespaced_deployment_scale("web", ns).status.selector, "app=web")
    equal(apps.patch_namespaced_deployment_scale("web", ns, {"spec": {"replicas": 3}}).spec.replicas, 3)
    ask("@advance 120")
    pods = core.list_namespaced_pod(ns, label_selector="app=web").items
    equal([p.status.phase for p in pods], ["Running"] * 3)
    eviction = client.V1Eviction(metadata=client.V1ObjectMeta(name=pods[0].metadata.name, namespace=ns))
    core.create_namespaced_pod_eviction(pods[0].metadata.name, ns, eviction)
    assert isinstance(core.read_namespaced_pod_log(pods[1].metadata.name, ns, tail_lines=5), str)
    marked = core.patch_node_status(pods[1].spec.node_name, {"metadata": {"annotations": {"client": "python"}}})
    equal(marked.kind, "Node")
    assert any(e.reason == "ScalingReplicaSet" for e in core.list_namespaced_event(ns, field_selector="involvedObject.kind=Deployment").items)


def patches(ns):
    core = client.CoreV1Api()
    core.create_namespaced_config_map(ns, settings("one"))
    operations = [{"op": "test", "path": "/data/key", "value": "value"}, {"op": "add", "path": "/data/json", "value": "x"}]
    operations.append({"op": "add", "path": "/metadata/annotations", "value": {}})
    operations.append({"op": "add", "path": "/metadata/annotations/example.com~1a", "value": "b"})
    added = core.patch_namespaced_config_map("one", ns, operations)
    equal((added.data, added.metadata.annotations), ({"key": "value", "json": "x"}, {"example.com/a": "b"}))
    equal(core.patch_namespaced_config_map("one", ns, {"data": {"key": None, "s": "strategic"}}).data, {"json": "x", "s": "strategic"})
    maps = DynamicClient(client.ApiClient()).resources.get(api_version="v1", kind="ConfigMap")
    merged = maps.patch(name="one", namespace=ns, body={"data": {"s": "merge"}}, content_type="application/merge-patch+json", dry_run="All")
    equal(merged.to_dict()["data"], {"json": "x", "s": "merge"})
    equal(core.read_namespaced_config_map("one", ns).data["s"], "strategic")
    failed = refused(ApiException, 422, "Invalid", core.patch_namespaced_config_map, "one", ns, [{"op": "test", "path": "/data/s", "value": "x"}])
    assert "testing value /data/s failed: test failed" in failed["message"]

    apps = client.AppsV1Api()
    apps.create_namespaced_deployment(ns, deployment("web"))
    sidecar = {"spec": {"template": {"spec": {"containers": [{"name": "proxy", "image": "envoy:1"}]}}}}
    equal([c.name for c in apps.patch_namespaced_deployment("web", ns, sidecar).spec.template.spec.containers], ["proxy", "app"])


def apply(ns):
    maps = DynamicClient(client.ApiClient()).resources.get(api_version="v1", kind="ConfigMap")

    def write(manager, value, force=None):
        body = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "data": value})
        return maps.server_side_apply(body=body, name="one", namespace=ns, field_manager=manager, force_conflicts=force)

    made = write("first", {"a": "1", "b": "1"})
    equal([(m.manager, m.operation) for m in made.metadata.managedFields], [("first", "Apply")])
    refusal = refused(ConflictError, 409, "Conflict", write, "second", {"a": "2"})
    equal([c["field"] for c in refusal["details"]["causes"]], [".data.a"])
    equal(write("second", {"a": "2"}, force="true").to_dict()["data"], {"a": "2", "b": "1"})
    equal(write("first", {}).to_dict()["data"], {"a": "2"})


def deletes(ns):
    core, apps = client.CoreV1Api(), client.AppsV1Api()
    apps.create_namespaced_deployment(ns, deployment("web"))
    ask("@advance 60")
    pod = core.list_namespaced_pod(ns).items[0]
    going = core.delete_namespaced_pod(pod.metadata.name, ns, grace_period_seconds=5)
    equal(going.metadata.deletion_grace_period_seconds, 5)
    core.delete_namespaced_pod(pod.metadata.name, ns, grace_period_seconds=0)
    refused(ApiException, 404, "NotFound", core.read_namespaced_pod, pod.metadata.name, ns)
    apps.delete_namespaced_deployment("web", ns, propagation_policy="Orphan")
    ask("@advance 60")
    refused(ApiException, 404, "NotFound", apps.read_namespaced_deployment, "web", ns)
    orphan, = apps.list_namespaced_replica_set(ns).items
    equal(orphan.metadata.owner_references, None)
    apps.delete_namespaced_replica_set(orphan.metadata.name, ns, propagation_policy="Foreground")
    equal(apps.read_namespaced_replica_set(orphan.metadata.name, ns).metadata.finalizers, ["foregroundDeletion"])
    ask("@advance 120")
    equal((apps.list_namespaced_replica_set(ns).items, core.list_namespaced_pod(ns).items), ([], []))

    core.create_namespaced_config_map(ns, settings("one", labels=LABELS))
    core.create_namespaced_config_map(ns, settings("two"))
    core.delete_namespaced_config_map("one", ns, dry_run="All")
    other = client.V1DeleteOptions(preconditions=client.V1Preconditions(uid="other"))
    refusal = refused(ApiException, 409, "Conflict", core.delete_namespaced_config_map, "one", ns, body=other)
    assert "the UID in the precondition (other) does not match the UID in record" in refusal["message"], refusal
    core.delete_collection_namespaced_config_map(ns, label_selector="app=web")
    equal([c.metadata.name for c in core.list_namespaced_config_map(ns, field_selector=OWN).items], ["two"])


def watches(ns):
    core = client.CoreV1Api()
    version = core.list_namespaced_config_map(ns, field_selector=OWN).metadata.resource_version
    seen = []
    for i in range(3):
        core.create_namespaced_config_map(ns, settings(f"n{i}"))
        watching = watch.Watch()

        # The server ends each watch after a second; the next goes on where it stood.
        for event in watching.stream(core.list_namespaced_config_map, ns, field_selector=OWN, resource_version=version, timeout_seconds=1):
            seen.append((event["type"], event["object"].metadata.name))
        version = watching.resource_version
    core.delete_namespaced_config_map("n1", ns)
    for event in watch.Watch().stream(core.list_namespaced_config_map, ns, field_selector=OWN, resource_version=version, allow_watch_bookmarks=True):
        seen.append((event["type"], event["object"].metadata.name))
        break
    equal(seen, [("ADDED", "n0"), ("ADDED", "n1"), ("ADDED", "n2"), ("DELETED", "n1")])


def expiry(ns):
    core = client.CoreV1Api()
    old = core.list_namespaced_config_map(ns, field_selector=OWN).metadata.resource_version
    core.create_namespaced_config_map(ns, settings("one"))
    ask("@advance 900")
    try:
        for _ in watch.Watch().stream(core.list_namespaced_config_map, ns, field_selector=OWN, resource_version=old):
            raise AssertionError("history that is gone was told")
    except ApiException as error:
        assert error.status == 410 and error.reason.startswith("Expired: too old resource version: " + old), error

    # What a loop does then: list, and watch from there.
    listed = core.list_namespaced_config_map(ns, field_selector=OWN)
    equal([c.metadata.name for c in listed.items], ["one"])
    core.create_namespaced_config_map(ns, settings("two"))
    for event in watch.Watch().stream(core.list_namespaced_config_map, ns, field_selector=OWN, resource_version=listed.metadata.resource_version):
        equal(event["object"].metadata.name, "two")
        break
    page = core.list_namespaced_config_map(ns, field_selector=OWN, limit=1)
    core.create_namespaced_config_map(ns, settings("three"))
    ask("@advance 900")
    refusal = refused(ApiException, 410, "Expired", core.list_namespaced_config_map, ns, field_selector=OWN, limit=1, _continue=page.metadata._continue)
    rest = core.list_namespaced_config_map(ns, field_selector=OWN, _continue=refusal["metadata"]["continue"])
    equal([c.metadata.name for c in rest.items], ["three", "two"])


def discovery(ns):
    dynamic = DynamicClient(client.ApiClient())
    equal(dynamic.version["kubernetes"]["major"], "1")
    equal(client.VersionApi().get_code().minor, "33")
    equal(client.CoreApi().get_api_versions().versions, ["v1"])
    assert "apps" in [g.name for g in client.ApisApi().get_api_versions().groups]
    assert {"deployments", "deployments/scale", "deployments/status"} <= {r.name for r in client.AppsV1Api().get_api_resources().resources}
    deployments = dynamic.resources.get(api_version="apps/v1", kind="Deployment")
    equal((deployments.namespaced, deployments.name, deployments.short_names), (True, "deployments", ["deploy"]))
    equal(dynamic.resources.get(short_names=["deploy"], group="apps").kind, "Deployment")
    assert len(dynamic.resources.search(kind="Pod")) >= 1
    body = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": deployment("web").to_dict()["spec"]}
    body["spec"] = client.ApiClient().sanitize_for_serialization(deployment("web").spec)
    equal(deployments.create(body=body, namespace=ns).spec.replicas, 2)
    equal(deployments.get(name="web", namespace=ns).spec.template.spec.containers[0].image, "nginx:1.27")
    equal(deployments.scale.get(name="web", namespace=ns).spec.replicas, 2)
    equal(deployments.scale.patch(name="web", namespace=ns, body={"spec": {"replicas": 1}}).spec.replicas, 1)
    event = next(deployments.watch(namespace=ns, timeout=1))
    equal((event["type"], event["object"].metadata.name), ("ADDED", "web"))
    equal([i.metadata.name for i in deployments.get(namespace=ns, label_selector="app!=x").items], ["web"])
    deployments.delete(name="web", namespace=ns, body={}, propagation_policy="Background")
    refused(NotFoundError, 404, "NotFound", deployments.get, name="web", namespace=ns)
    try:
        dynamic.resources.get(api_version="example.com/v1", kind="Nothing")
        raise AssertionError("a kind that is not there was found")
    except ResourceNotFoundError:
        pass
    text = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": n}, "data": {"k": "v"}} for n in ("y1", "y2")]
    utils.create_from_yaml(client.ApiClient(), yaml_objects=text, namespace=ns)
    failure = None
    try:
        utils.create_from_yaml(client.ApiClient(), yaml_objects=text, namespace=ns)
    except utils.FailToCreateError as error:
        failure = [e.status for e in error.api_exceptions]
    equal(failure, [409, 409])


def errors(ns):
    core = client.CoreV1Api()
    core.create_namespaced_config_map(ns, settings("one"))
    missing = refused(ApiException, 404, "NotFound", core.read_namespaced_config_map, "none", ns)
    equal((missing["message"], missing["details"]), ('configmaps "none" not found', {"name": "none", "kind": "configmaps"}))
    refused(ApiException, 409, "AlreadyExists", core.create_namespaced_config_map, ns, settings("one"))
    old = core.read_namespaced_config_map("one", ns)
    core.patch_namespaced_config_map("one", ns, {"data": {"key": "other"}})
    refusal = refused(ApiException, 409, "Conflict", core.replace_namespaced_config_map, "one", ns, old)
    assert "the object has been modified; please apply your changes to the latest version and try again" in refusal["message"]
    invalid = refused(ApiException, 422, "Invalid", core.create_namespaced_config_map, ns, settings("Not_A_Name"))
    equal([(c["field"], c["reason"]) for c in invalid["details"]["causes"]], [("metadata.name", "FieldValueInvalid")])
    refused(ApiException, 400, "BadRequest", core.create_namespaced_config_map, ns, {"data": {"key": 1}})
    refused(ApiException, 400, "BadRequest", core.list_namespaced_config_map, ns, field_selector=OWN, label_selector="a in (")
    refused(ApiException, 404, "NotFound", core.create_namespaced_config_map, "none", settings("x"))
    dynamic = DynamicClient(client.ApiClient())
    pods = dynamic.resources.get(api_version="v1", kind="Pod")
    refused(UnprocessibleEntityError, 422, "Invalid", pods.create, body={"metadata": {"name": "x"}, "spec": {"containers": []}}, namespace=ns)
    stranger = client.Configuration.get_default_copy()
    stranger.api_key, stranger.cert_file, stranger.key_file = {"authorization": "Bearer no"}, None, None
    refused(ApiException, 401, "Unauthorized", client.CoreV1Api(client.ApiClient(stranger)).list_namespaced_config_map, ns)


if __name__ == "__main__":
    config.load_kube_config()
    scenario, namespace = sys.argv[1:]
    client.CoreV1Api().create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=namespace)))
    globals()[scenario](namespace)
