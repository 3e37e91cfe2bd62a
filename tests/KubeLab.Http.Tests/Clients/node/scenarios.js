// What people do with the official Node client, done against a served cluster.
//
// Usage: scenarios.js SCENARIO NAMESPACE. Nothing is printed but wishes to the test that runs it: "@advance SECONDS" lets the cluster's time pass,
// "@flood NAMESPACE" writes more than a slow watcher is kept for; the test answers each with a line. A check that fails ends the script.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';

const { equal, deepEqual, ok } = assert;
const kubeconfig = new k8s.KubeConfig();
kubeconfig.loadFromDefault();
const core = kubeconfig.makeApiClient(k8s.CoreV1Api);
const apps = kubeconfig.makeApiClient(k8s.AppsV1Api);
const answers = createInterface({ input: process.stdin });
const labels = { app: 'web' };

async function ask(wish) {
    const answer = once(answers, 'line');
    console.log(wish);
    equal((await answer)[0], 'done');
}

/** Waits for a call that has to be refused, and returns the Status that refuses it. */
async function refused(code, reason, call) {
    const error = await call.then(() => assert.fail('it was not refused'), (e) => e);
    ok(error instanceof k8s.ApiException, String(error));
    const status = typeof error.body === 'string' ? JSON.parse(error.body) : error.body;
    deepEqual([error.code, status.kind, status.status, status.code, status.reason], [code, 'Status', 'Failure', code, reason]);
    return status;
}

/** Waits until something holds: an informer learns what happened a moment later. */
async function until(condition) {
    for (let i = 0; i < 500 && !condition(); i++) {
        await new Promise((next) => setTimeout(next, 20));
    }
    ok(condition(), String(condition));
}

// Every namespace has the certificates of the cluster's authority as a config map, which is not the scenario's.
const own = 'metadata.name!=kube-root-ca.crt';
const names = (list) => list.items.map((item) => item.metadata.name);
const settings = (name, data = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const deployment = (name, replicas = 2) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx:1.27' }] } },
    },
});

const scenarios = {
    async objects(namespace) {
        const made = await core.createNamespacedConfigMap({ namespace, body: { ...settings('one'), metadata: { name: 'one', labels } } });
        ok(made.metadata.creationTimestamp instanceof Date);
        made.data.more = 'ü\n';
        await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: made });
        deepEqual((await core.readNamespacedConfigMap({ namespace, name: 'one' })).data, { key: 'value', more: 'ü\n' });
        for (let i = 0; i < 10; i++) {
            await core.createNamespacedConfigMap({ namespace, body: settings(`n${i}`) });
        }
        deepEqual(names(await core.listNamespacedConfigMap({ namespace, fieldSelector: own, labelSelector: 'app=web' })), ['one']);
        const all = [];
        for (let _continue; _continue !== '';) {
            const page = await core.listNamespacedConfigMap({ namespace, fieldSelector: own, limit: 4, _continue });
            all.push(...names(page));
            _continue = page.metadata._continue ?? '';
        }
        equal(all.length, 11);
        deepEqual(all, [...all].sort());
    },

    async rollout(namespace) {
        await apps.createNamespacedDeployment({ namespace, body: deployment('web') });
        await ask('@advance 120');
        equal((await apps.readNamespacedDeploymentStatus({ namespace, name: 'web' })).status.readyReplicas, 2);
        const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'web' });
        scale.spec.replicas = 3;
        equal((await apps.replaceNamespacedDeploymentScale({ namespace, name: 'web', body: scale })).spec.replicas, 3);
        await ask('@advance 120');
        const pods = await core.listNamespacedPod({ namespace, fieldSelector: 'status.phase=Running' });
        equal(pods.items.length, 3);
        const [first, second] = names(pods);
        await core.createNamespacedPodEviction({ namespace, name: first, body: { metadata: { name: first, namespace } } });
        equal(typeof (await core.readNamespacedPodLog({ namespace, name: second, tailLines: 5 })), 'string');
        const log = new PassThrough();
        await new k8s.Log(kubeconfig).log(namespace, second, 'app', log, { tailLines: 5 });
        const events = await core.listNamespacedEvent({ namespace });
        ok(events.items.some((e) => e.reason === 'ScalingReplicaSet'));
    },

    async patches(namespace) {
        const patch = (type, body) => core.patchNamespacedConfigMap({ namespace, name: 'one', body }, k8s.setHeaderOptions('Content-Type', type));
        await core.createNamespacedConfigMap({ namespace, body: settings('one') });
        const json = [{ op: 'test', path: '/data/key', value: 'value' }, { op: 'add', path: '/data/json', value: 'x' }, { op: 'add', path: '/metadata/annotations', value: {} },
            { op: 'add', path: '/metadata/annotations/example.com~1a', value: 'b' }];
        const added = await patch(k8s.PatchStrategy.JsonPatch, json);
        deepEqual([added.data, added.metadata.annotations], [{ key: 'value', json: 'x' }, { 'example.com/a': 'b' }]);
        deepEqual((await patch(k8s.PatchStrategy.MergePatch, { data: { key: null, m: 'merge' } })).data, { json: 'x', m: 'merge' });
        deepEqual((await patch(k8s.PatchStrategy.StrategicMergePatch, { data: { json: null } })).data, { m: 'merge' });
        const failed = await refused(422, 'Invalid', patch(k8s.PatchStrategy.JsonPatch, [{ op: 'test', path: '/data/m', value: 'x' }]));
        ok(failed.message.includes('testing value /data/m failed: test failed'));
        await refused(415, 'UnsupportedMediaType', patch('application/json', { data: {} }));
        await apps.createNamespacedDeployment({ namespace, body: deployment('web') });
        const sidecar = { spec: { template: { spec: { containers: [{ name: 'proxy', image: 'envoy:1' }] } } } };
        const patched = await apps.patchNamespacedDeployment(
            { namespace, name: 'web', body: sidecar },
            k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.StrategicMergePatch),
        );
        deepEqual(patched.spec.template.spec.containers.map((c) => c.name), ['proxy', 'app']);
    },

    async apply(namespace) {
        const objects = k8s.KubernetesObjectApi.makeApiClient(kubeconfig);
        const write = (manager, data, force) =>
            objects.patch({ ...settings('one', data), metadata: { name: 'one', namespace } }, undefined, undefined, manager, force, k8s.PatchStrategy.ServerSideApply);
        const made = await write('first', { a: '1', b: '1' });
        deepEqual(made.metadata.managedFields.map((m) => [m.manager, m.operation]), [['first', 'Apply']]);
        const refusal = await refused(409, 'Conflict', write('second', { a: '2' }));
        deepEqual(refusal.details.causes.map((c) => c.field), ['.data.a']);
        deepEqual((await write('second', { a: '2' }, true)).data, { a: '2', b: '1' });
        deepEqual((await write('first', {})).data, { a: '2' });
    },

    async deletes(namespace) {
        await apps.createNamespacedDeployment({ namespace, body: deployment('web') });
        await ask('@advance 60');
        const [name] = names(await core.listNamespacedPod({ namespace }));
        await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 5 });
        equal((await core.readNamespacedPod({ namespace, name })).metadata.deletionGracePeriodSeconds, 5);
        await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 });
        await refused(404, 'NotFound', core.readNamespacedPod({ namespace, name }));
        await apps.deleteNamespacedDeployment({ namespace, name: 'web', propagationPolicy: 'Orphan' });
        await ask('@advance 60');
        const [orphan] = (await apps.listNamespacedReplicaSet({ namespace })).items;
        equal(orphan.metadata.ownerReferences, undefined);
        await apps.deleteNamespacedReplicaSet({ namespace, name: orphan.metadata.name, body: { propagationPolicy: 'Foreground' } });
        await ask('@advance 120');
        equal((await core.listNamespacedPod({ namespace })).items.length, 0);
        await core.createNamespacedConfigMap({ namespace, body: settings('one') });
        const other = { preconditions: { resourceVersion: '1' } };
        await refused(409, 'Conflict', core.deleteNamespacedConfigMap({ namespace, name: 'one', body: other }));
        await core.deleteNamespacedConfigMap({ namespace, name: 'one', dryRun: 'All' });
        await core.deleteCollectionNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=one' });
        equal((await core.listNamespacedConfigMap({ namespace, fieldSelector: own })).items.length, 0);
    },

    async informer(namespace) {
        const seen = [];
        const versions = [];
        const list = () => core.listNamespacedConfigMap({ namespace, fieldSelector: own });

        // The server ends every watch of this informer after a second.
        const informer = k8s.makeInformer(kubeconfig, `/api/v1/namespaces/${namespace}/configmaps?timeoutSeconds=1&fieldSelector=${encodeURIComponent(own)}`, list);
        informer.on('connect', () => versions.push(informer.latestResourceVersion()));
        for (const verb of ['add', 'update', 'delete']) {
            informer.on(verb, (obj) => seen.push(`${verb} ${obj.metadata.name}`));
        }
        informer.on('error', (error) => seen.push(`error ${error}`));
        await core.createNamespacedConfigMap({ namespace, body: settings('one') });
        await informer.start();
        await core.createNamespacedConfigMap({ namespace, body: settings('two') });
        await until(() => versions.length >= 3);
        ok(versions[2], 'a watch that ended is taken up again where it stood');
        await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: settings('one', { key: 'other' }) });
        await core.deleteNamespacedConfigMap({ namespace, name: 'two' });
        await until(() => seen.length === 4);
        deepEqual(seen, ['add one', 'add two', 'update one', 'delete two']);
        await informer.stop();
    },

    async expiry(namespace) {
        const seen = new Set();
        let lists = 0;
        const list = () => (lists++, core.listNamespacedConfigMap({ namespace, fieldSelector: own }));
        const informer = k8s.makeInformer(kubeconfig, `/api/v1/namespaces/${namespace}/configmaps?fieldSelector=${encodeURIComponent(own)}`, list);
        informer.on('add', (obj) => seen.add(obj.metadata.name));
        informer.on('error', (error) => error.name === 'AbortError' || assert.fail(error));
        await informer.start();
        await ask(`@flood ${namespace}`);
        await until(() => seen.size === 100);
        ok(lists > 1, 'who is cut off lists again');
        await core.createNamespacedConfigMap({ namespace, body: settings('late') });
        await until(() => seen.has('late'));
        await informer.stop();

        // History that is gone is refused inside the watch, as its only line.
        const phases = [];
        const watch = new k8s.Watch(kubeconfig);
        await ask('@advance 900');
        const done = new Promise((end) => {
            const tell = (phase, obj) => phases.push([phase, obj.code, obj.reason]);
            watch.watch(`/api/v1/namespaces/${namespace}/configmaps`, { resourceVersion: '1' }, tell, end);
        });
        equal(await done, null);
        deepEqual(phases, [['ERROR', 410, 'Expired']]);
    },

    async discovery(namespace) {
        equal((await kubeconfig.makeApiClient(k8s.VersionApi).getCode()).major, '1');
        deepEqual((await kubeconfig.makeApiClient(k8s.CoreApi).getAPIVersions()).versions, ['v1']);
        ok((await kubeconfig.makeApiClient(k8s.ApisApi).getAPIVersions()).groups.some((g) => g.name === 'apps'));
        const resources = await apps.getAPIResources();
        ok(resources.resources.some((r) => r.name === 'deployments/scale' && r.kind === 'Scale'));
        const objects = k8s.KubernetesObjectApi.makeApiClient(kubeconfig);
        const web = { ...deployment('web'), metadata: { name: 'web', namespace } };
        equal((await objects.create(web)).spec.replicas, 2);
        const read = await objects.read(web);
        read.spec.replicas = 1;
        equal((await objects.replace(read)).spec.replicas, 1);
        deepEqual(names(await objects.list('apps/v1', 'Deployment', namespace)), ['web']);
        equal((await objects.patch({ ...web, spec: { paused: true } })).spec.paused, true);
        equal((await objects.delete(web)).status, 'Success');
        await refused(404, 'NotFound', objects.read(web));
        const nothing = await objects.create({ apiVersion: 'apps/v1', kind: 'Nothing', metadata: { name: 'x', namespace } }).catch((e) => e);
        equal(nothing.message, 'Unrecognized API version and kind: apps/v1 Nothing');
    },

    async errors(namespace) {
        await core.createNamespacedConfigMap({ namespace, body: settings('one') });
        const missing = await refused(404, 'NotFound', core.readNamespacedConfigMap({ namespace, name: 'none' }));
        deepEqual(missing.details, { name: 'none', kind: 'configmaps' });
        await refused(409, 'AlreadyExists', core.createNamespacedConfigMap({ namespace, body: settings('one') }));
        const old = await core.readNamespacedConfigMap({ namespace, name: 'one' });
        await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: settings('one', {}) });
        await refused(409, 'Conflict', core.replaceNamespacedConfigMap({ namespace, name: 'one', body: old }));
        const invalid = await refused(422, 'Invalid', core.createNamespacedConfigMap({ namespace, body: settings('Not_A_Name') }));
        deepEqual(invalid.details.causes.map((c) => c.field), ['metadata.name']);
        await refused(422, 'Invalid', apps.createNamespacedDeployment({ namespace, body: deployment('web', -1) }));
        await refused(400, 'BadRequest', core.listNamespacedConfigMap({ namespace, fieldSelector: 'data.key=1' }));
        const stranger = new k8s.KubeConfig();
        const { name, server, caData } = kubeconfig.getCurrentCluster();
        stranger.loadFromClusterAndUser({ name, server, caData }, { name: 'nobody', token: 'no' });
        const unknown = await stranger.makeApiClient(k8s.CoreV1Api).listNamespace().catch((e) => e);

        // Of this refusal alone the client keeps no body.
        deepEqual([unknown.code, unknown.message.split('\n')[1]], [401, 'Message: Unauthorized']);
    },
};

const [scenario, namespace] = process.argv.slice(2);
await core.createNamespace({ body: { metadata: { name: namespace } } });
await scenarios[scenario](namespace);
answers.close();
