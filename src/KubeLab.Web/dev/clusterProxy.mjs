// Hands requests on to the API server of a kubeconfig, so that the live view can be tried on any cluster: PAGE_KUBECONFIG=… node dev/standin.mjs
import { execFileSync } from 'node:child_process';
import { request as send } from 'node:https';

export class ClusterProxy {
  constructor(kubeconfig) {
    const config = JSON.parse(execFileSync('kubectl', ['--kubeconfig', kubeconfig, 'config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'], { encoding: 'utf8' }));
    const user = config.users[0].user;
    const cluster = config.clusters[0].cluster;
    const decoded = text => text && Buffer.from(text, 'base64');
    this.server = new URL(cluster.server);
    this.tls = { ca: decoded(cluster['certificate-authority-data']), cert: decoded(user['client-certificate-data']), key: decoded(user['client-key-data']) };
    this.headers = user.token ? { Authorization: `Bearer ${user.token}` } : {};
  }

  answer(request, response, path) {
    const { 'content-type': type, 'content-length': length } = request.headers;
    const upstream = send(new URL(path, this.server), { method: request.method, ...this.tls, headers: { ...this.headers, Accept: 'application/json', ...(type ? { 'Content-Type': type } : {}), ...(length ? { 'Content-Length': length } : {}) } }, answer => {
      response.writeHead(answer.statusCode, { 'Content-Type': answer.headers['content-type'] ?? 'application/json' });
      response.flushHeaders();
      answer.pipe(response);
    });
    upstream.on('error', error => { response.writeHead(502); response.end(String(error.message)); });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}
