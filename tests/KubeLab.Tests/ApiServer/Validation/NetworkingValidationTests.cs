namespace KubeLab.Tests.ApiServer.Validation;

/// <summary>What ingresses, their classes, network policies and endpoints are refused for, in upstream's words.</summary>
public sealed class NetworkingValidationTests
{
    private const string Ingresses = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
    private const string Classes = "/apis/networking.k8s.io/v1/ingressclasses";
    private const string Policies = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
    private const string Slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    private const string Backend = "backend: {service: {name: web, port: {number: 80}}}";
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("{}", "spec: Invalid value: []: either `defaultBackend` or `rules` must be specified")]
    [InlineData("{defaultBackend: {}}", "spec.defaultBackend: Invalid value: \"\": resource or service backend is required")]
    [InlineData("{defaultBackend: {service: {name: web}}}", "spec.defaultBackend: Required value: port name or number is required")]
    [InlineData("{defaultBackend: {service: {name: web, port: {name: a, number: 1}}}}", "spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number")]
    [InlineData("{defaultBackend: {service: {port: {number: 70000}}}}", "[spec.defaultBackend.service.name: Required value, spec.defaultBackend.service.port.number: Invalid value: 70000: must be between 1 and 65535, inclusive]")]
    [InlineData("{defaultBackend: {service: {name: a, port: {number: 1}}, resource: {kind: A, name: a}}}", "spec.defaultBackend: Invalid value: \"\": cannot set both resource and service backends")]
    [InlineData("{rules: [{http: {}}]}", "spec.rules[0].http.paths: Required value")]
    [InlineData($"{{rules: [{{host: 10.0.0.1, http: {{paths: [{{path: /, pathType: Exact, {Backend}}}]}}}}]}}", "spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address")]
    [InlineData($"{{rules: [{{http: {{paths: [{{path: /, {Backend}}}]}}}}]}}", "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    [InlineData($"{{rules: [{{http: {{paths: [{{path: a//b/.., pathType: Prefix, {Backend}}}]}}}}]}}", "[spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": must be an absolute path, spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": must not contain '//', spec.rules[0].http.paths[0].path: Invalid value: \"a//b/..\": cannot end with '/..']")]
    [InlineData($"{{rules: [{{http: {{paths: [{{pathType: Regex, {Backend}}}]}}}}]}}", "spec.rules[0].http.paths[0].pathType: Unsupported value: \"Regex\": supported values: \"Exact\", \"ImplementationSpecific\", \"Prefix\"")]
    public void An_ingress_is_refused_for_its_spec(string spec, string expected) => Refuses(Ingresses, "Ingress.networking.k8s.io", $"spec: {spec}", expected);

    [Fact]
    public void A_star_stands_for_the_first_part_of_a_host_only()
    {
        var (_, message) = rig.Refused(Ingresses, $"{{metadata: {{name: x}}, spec: {{rules: [{{host: \"a.*.org\", http: {{paths: [{{path: /, pathType: Exact, {Backend}}}]}}}}]}}}}");
        Assert.StartsWith(
            "Ingress.networking.k8s.io \"x\" is invalid: spec.rules[0].host: Invalid value: \"a.*.org\": a wildcard DNS-1123 subdomain must start with '*.', followed by",
            message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "spec.controller: Required value")]
    [InlineData("{controller: nginx}", "spec.controller: Invalid value: \"nginx\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("{controller: a.io/b, parameters: {kind: A, name: a, scope: Namespace}}", "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'")]
    [InlineData("{controller: a.io/b, parameters: {kind: A, name: a, namespace: b}}", "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'")]
    public void An_ingress_class_is_refused_for_its_spec(string spec, string expected) => Refuses(Classes, "IngressClass.networking.k8s.io", $"spec: {spec}", expected);

    [Fact]
    public void A_policy_restricts_what_it_speaks_of()
    {
        var silent = rig.Created(Policies, "{metadata: {name: a}, spec: {podSelector: {}}}");
        Assert.Equal("""{"podSelector":{},"policyTypes":["Ingress"]}""", silent["spec"]!.ToJsonString());
        var both = rig.Created(Policies, "{metadata: {name: b}, spec: {podSelector: {}, egress: [{ports: [{port: 53}]}]}}");
        Assert.Equal("""["Ingress","Egress"]""", both["spec"]!["policyTypes"]!.ToJsonString());
        Assert.Equal("TCP", (string?)both["spec"]!["egress"]![0]!["ports"]![0]!["protocol"]);
    }

    [Theory]
    [InlineData("ingress: [{from: [{}]}]", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]", "spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer")]
    [InlineData("egress: [{to: [{ipBlock: {cidr: 10.0.0.0}}]}]", "spec.egress[0].to[0].ipBlock.cidr: Invalid value: \"10.0.0.0\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]", "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    [InlineData("ingress: [{ports: [{port: 20, endPort: 10}]}]", "spec.ingress[0].ports[0].endPort: Invalid value: 20: must be greater than or equal to `port`")]
    [InlineData("ingress: [{ports: [{port: http, endPort: 10}]}]", "spec.ingress[0].ports[0].endPort: Invalid value: 10: may not be specified when `port` is non-numeric")]
    [InlineData("ingress: [{ports: [{endPort: 10}]}]", "spec.ingress[0].ports[0].endPort: Invalid value: 10: may not be specified when `port` is not specified")]
    [InlineData("policyTypes: [Both]", "spec.policyTypes[0]: Unsupported value: \"Both\": supported values: \"Egress\", \"Ingress\"")]
    public void A_policy_is_refused_for_its_spec(string spec, string expected) =>
        Refuses(Policies, "NetworkPolicy.networking.k8s.io", $"spec: {{podSelector: {{}}, {spec}}}", expected);

    [Theory]
    [InlineData("addressType: IPv5, endpoints: []", "addressType: Unsupported value: \"IPv5\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"")]
    [InlineData("addressType: IPv4, endpoints: [{}]", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    [InlineData("addressType: IPv4, endpoints: [{addresses: [\"::1\"]}]", "endpoints[0].addresses[0]: Invalid value: \"::1\": must be a valid IPv4 address")]
    [InlineData("addressType: IPv4, endpoints: [{addresses: [127.0.0.1]}]", "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("addressType: IPv4, endpoints: [], ports: [{port: 1}, {port: 2}]", "ports[1].name: Duplicate value: \"\"")]
    [InlineData("addressType: IPv4, endpoints: [], ports: [{port: 1, protocol: IP}]", "ports[0].protocol: Unsupported value: \"IP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    public void A_slice_is_refused_for_its_endpoints(string fields, string expected) => Refuses(Slices, "EndpointSlice.discovery.k8s.io", fields, expected);

    [Theory]
    [InlineData("subsets: [{ports: [{port: 1}]}]", "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`")]
    [InlineData("subsets: [{addresses: [{ip: a}], ports: [{port: 1}]}]", "subsets[0].addresses[0].ip: Invalid value: \"a\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 1, name: a}, {port: 2}]}]", "subsets[0].ports[1].name: Required value")]
    public void Endpoints_are_refused_for_their_subsets(string fields, string expected) => Refuses("/api/v1/namespaces/default/endpoints", "Endpoints", fields, expected);

    [Theory]
    [InlineData("spec: {}", "[spec.selector: Required value, spec.template: Required value]")]
    [InlineData("spec: {selector: {a: c}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}", "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`")]
    public void A_replication_controller_is_refused_for_its_spec(string fields, string expected) =>
        Refuses("/api/v1/namespaces/default/replicationcontrollers", "ReplicationController", fields, expected);

    [Fact]
    public void A_replication_controller_takes_its_labels_from_its_template()
    {
        var made = rig.Created("/api/v1/namespaces/default/replicationcontrollers", "{metadata: {name: x}, spec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}}");
        Assert.Equal(("b", "b", 1), ((string?)made["metadata"]!["labels"]!["a"], (string?)made["spec"]!["selector"]!["a"], (int)made["spec"]!["replicas"]!));
        var scale = rig.Json("GET", "/api/v1/namespaces/default/replicationcontrollers/x/scale").Body;
        Assert.Equal("a=b", (string?)scale["status"]!["selector"]);
    }

    private void Refuses(string path, string kind, string fields, string expected)
    {
        var (code, message) = rig.Refused(path, $"{{metadata: {{name: x}}, {fields}}}");
        Assert.Equal((422, $"{kind} \"x\" is invalid: {expected}"), (code, message));
    }
}
