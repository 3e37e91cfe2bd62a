namespace KubeLab.Tests.ApiServer.CustomResources;

/// <summary>Texts of apiextensions/validation/validation.go and schema/validation.go.</summary>
public sealed class DefinitionValidationTests
{
    private const string Path = "spec.validation.openAPIV3Schema";
    private readonly CustomRig rig = new();

    [Theory]
    [InlineData("{}", Path + ".type: Required value: must not be empty at the root")]
    [InlineData("{type: array, items: {type: string}}", Path + ".type: Invalid value: \"array\": must be object at the root")]
    [InlineData("{type: object, nullable: true}", Path + ".nullable: Forbidden: nullable cannot be true at the root")]
    [InlineData("{type: object, additionalProperties: {type: string}}", Path + ".additionalProperties: Forbidden: must not be used at the root")]
    [InlineData("{type: object, properties: {a: {}}}", Path + ".properties[a].type: Required value: must not be empty for specified object fields")]
    [InlineData("{type: object, properties: {a: {type: array}}}", Path + ".properties[a].items: Required value: must be specified")]
    [InlineData("{type: object, properties: {a: {type: array, items: {}}}}", Path + ".properties[a].items.type: Required value: must not be empty for specified array items")]
    [InlineData("{type: object, properties: {a: {type: text}}}", Path + ".properties[a].type: Unsupported value: \"text\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"")]
    [InlineData("{type: object, properties: {a: {type: string, $ref: x}}}", Path + ".properties[a].$ref: Forbidden: $ref is not supported")]
    [InlineData("{type: object, properties: {a: {type: string, id: x}}}", Path + ".properties[a].id: Forbidden: id is not supported")]
    [InlineData("{type: object, properties: {a: {type: object, patternProperties: {x: {type: string}}}}}", Path + ".properties[a].patternProperties: Forbidden: patternProperties is not supported")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: string}, uniqueItems: true}}}", Path + ".properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("{type: object, properties: {a: {type: object, properties: {b: {type: string}}, additionalProperties: {type: string}}}}", Path + ".properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("{type: object, properties: {a: {type: object, x-kubernetes-preserve-unknown-fields: false}}}", Path + ".properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")]
    [InlineData("{type: object, properties: {a: {type: string, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}}}", Path + ".properties[a].type: Invalid value: \"string\": must be object if x-kubernetes-embedded-resource is true")]
    [InlineData("{type: object, properties: {a: {type: object, x-kubernetes-embedded-resource: true}}}", Path + ".properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")]
    [InlineData("{type: object, properties: {a: {x-kubernetes-int-or-string: true, x-kubernetes-preserve-unknown-fields: true}}}", Path + ".properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true")]
    [InlineData("{type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}", Path + ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [InlineData("{type: object, properties: {kind: {type: integer}}}", Path + ".properties[kind].type: Invalid value: \"integer\": must be string")]
    [InlineData("{type: object, properties: {a: {type: string, pattern: '('}}}", Path + ".properties[a].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: ")]
    [InlineData("{type: object, properties: {a: {type: string, pattern: 'a(?=b)'}}}", Path + ".properties[a].pattern: Invalid value: \"a(?=b)\": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("{type: object, properties: {a: {type: string, anyOf: [{type: string}]}}}", Path + ".properties[a].anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("{type: object, properties: {a: {type: object, not: {required: [b], properties: {b: {default: 1}}}}}}", Path + ".properties[a].not.properties[b].default: Forbidden: must be undefined to be structural")]
    [InlineData("{type: object, anyOf: [{properties: {a: {minimum: 1}}}]}", Path + ".properties[a]: Required value: because it is defined in " + Path + ".anyOf[0].properties[a]")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: string}, x-kubernetes-list-type: bag}}}", Path + ".properties[a].x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\", \"map\", \"set\"")]
    [InlineData("{type: object, properties: {a: {type: string, x-kubernetes-list-type: set}}}", Path + ".properties[a].type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object}, x-kubernetes-list-type: map}}}", Path + ".properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: string}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k]}}}", Path + ".properties[a].items.type: Invalid value: \"string\": must be object if parent array's x-kubernetes-list-type is map")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object, properties: {k: {type: string}}}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k]}}}", Path + ".properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object, properties: {k: {type: string}}}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [z]}}}", Path + ".properties[a].x-kubernetes-list-map-keys: Invalid value: [\"z\"]: entries must all be names of item properties")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object}, x-kubernetes-list-type: set}}}", Path + ".properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set")]
    [InlineData("{type: object, properties: {a: {type: object, x-kubernetes-map-type: deep}}}", Path + ".properties[a].x-kubernetes-map-type: Unsupported value: \"deep\": supported values: \"atomic\", \"granular\"")]
    [InlineData("{type: object, properties: {a: {type: integer, default: x}}}", Path + ".properties[a].default: Invalid value: \"string\": " + Path + ".properties[a].default in body must be of type integer: \"string\"")]
    [InlineData("{type: object, properties: {a: {type: object, properties: {b: {type: string}}, default: {c: 1}}}}", Path + ".properties[a].default: Invalid value: {\"c\":1}: must not have unknown fields")]
    [InlineData("{type: object, properties: {metadata: {type: object, default: {}}}}", Path + ".properties[metadata].default: Forbidden: must not be set in top-level metadata")]
    public void A_schema_is_refused_for_what_it_may_not_say(string schema, string why)
    {
        var (code, message) = rig.Front.Refused(CustomRig.Definitions, CustomRig.Thing(schema));
        Assert.Equal(422, code);
        Assert.Contains(why, message);
    }

    [Theory]
    [InlineData("{type: object, x-kubernetes-preserve-unknown-fields: true}")]
    [InlineData("{type: object, properties: {a: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}}}")]
    [InlineData("{type: object, properties: {a: {x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}, {pattern: x}]}}}")]
    [InlineData("{type: object, properties: {metadata: {type: object, properties: {name: {type: string, maxLength: 10}}}}}")]
    [InlineData("{type: object, properties: {a: {type: object, additionalProperties: true}}}")]
    [InlineData("{type: object, properties: {a: {type: string, format: whatever}}}")]
    [InlineData("{type: object, required: [a], oneOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}, b: {type: string}}}")]
    public void A_schema_may_say_this(string schema) => rig.Define(CustomRig.Thing(schema));

    [Theory]
    [InlineData("metadata: {name: things.example.org}", "metadata: {name: others.example.org}", "metadata.name: Invalid value: \"others.example.org\": must be spec.names.plural+\".\"+spec.group")]
    [InlineData("group: example.org", "group: example", "spec.group: Invalid value: \"example\": should be a domain with at least one dot")]
    [InlineData("scope: Cluster", "scope: Galaxy", "spec.scope: Unsupported value: \"Galaxy\": supported values: \"Cluster\", \"Namespaced\"")]
    [InlineData("kind: Thing", "kind: Thing, listKind: Thing", "spec.names.listKind: Invalid value: \"Thing\": kind and listKind may not be the same")]
    [InlineData("kind: Thing", "kind: Thing, shortNames: [T]", "spec.names.shortNames[0]: Invalid value: \"T\": a DNS-1035 label must consist of")]
    [InlineData("storage: true", "storage: false", "must have exactly one version marked as storage version")]
    [InlineData("name: v1", "name: 1v", "spec.versions[0].name: Invalid value: \"1v\": a DNS-1035 label must consist of")]
    [InlineData("    schema: {openAPIV3Schema: {type: object}}", "", "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required")]
    [InlineData("scope: Cluster", "scope: Cluster\n  preserveUnknownFields: true", "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-preserve-unknown-fields to true in spec.versions[*].schema instead")]
    [InlineData("scope: Cluster", "scope: Cluster\n  conversion: {strategy: Webhook}", "spec.conversion.strategy: Forbidden: Webhook is not offered in this lab")]
    [InlineData("scope: Cluster", "scope: Cluster\n  conversion: {strategy: Magic}", "spec.conversion.strategy: Unsupported value: \"Magic\": supported values: \"None\", \"Webhook\"")]
    [InlineData("served: true", "served: true\n    deprecationWarning: old", "spec.versions[0].deprecationWarning: Invalid value: \"old\": can only be set for deprecated versions")]
    [InlineData("served: true", "served: true\n    subresources: {scale: {specReplicasPath: .status.now, statusReplicasPath: now}}", "spec.subresources.scale.specReplicasPath: Invalid value: \".status.now\": should be a json path under .spec")]
    [InlineData("served: true", "served: true\n    subresources: {scale: {specReplicasPath: .spec.now, statusReplicasPath: now}}", "spec.subresources.scale.statusReplicasPath: Invalid value: \"now\": must be a simple json path starting with .")]
    [InlineData("served: true", "served: true\n    additionalPrinterColumns: [{name: a, type: text, jsonPath: .a}]", "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string")]
    [InlineData("served: true", "served: true\n    additionalPrinterColumns: [{name: a, type: string}]", "spec.additionalPrinterColumns[0].JSONPath: Required value")]
    [InlineData("served: true", "served: true\n    selectableFields: [{jsonPath: .spec.x}]", "spec.selectableFields[0].jsonPath: Invalid value: \".spec.x\": is an invalid path: does not refer to a valid field")]
    public void A_definition_is_refused_for_the_rest(string before, string after, string why)
    {
        var yaml = CustomRig.Thing("{type: object}").Replace(before, after, StringComparison.Ordinal);
        var (code, message) = rig.Front.Refused(CustomRig.Definitions, yaml);
        Assert.Equal(422, code);
        Assert.Contains(why, message);
    }

    [Fact]
    public void A_group_of_kubernetes_own_wants_an_approval()
    {
        var yaml = CustomRig.Thing("{type: object}").Replace("example.org", "x.k8s.io", StringComparison.Ordinal);
        Assert.Contains(
            "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation",
            rig.Front.Refused(CustomRig.Definitions, yaml).Message);
    }

    [Fact]
    public void Versions_that_differ_are_named_one_by_one()
    {
        var more = "  - {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {type: object, properties: {a: {}}}}}";
        Assert.Contains(
            "spec.versions[1].schema.openAPIV3Schema.properties[a].type: Required value",
            rig.Front.Refused(CustomRig.Definitions, CustomRig.Thing("{type: object}", more)).Message);
    }

    [Theory]
    [InlineData("maxLength: long", "json: cannot unmarshal string into Go struct field")]
    [InlineData("wrong: 1", "unknown field \"spec.versions[0].schema.openAPIV3Schema.properties.a.wrong\"")]
    public void A_schema_that_cannot_be_read_is_a_bad_request(string field, string why)
    {
        var yaml = CustomRig.Thing($"{{type: object, properties: {{a: {{type: string, {field}}}}}}}");
        var (code, body) = rig.Front.Json("POST", CustomRig.Definitions + "?fieldValidation=Strict", FrontRig.AsJson(yaml));
        Assert.Equal(400, code);
        Assert.Contains(why, (string?)body["message"]);
    }
}
