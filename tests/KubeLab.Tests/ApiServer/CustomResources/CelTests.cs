using KubeLab.ApiServer.CustomResources.Cel;
using KubeLab.ApiServer.Registry;

namespace KubeLab.Tests.ApiServer.CustomResources;

public sealed class CelTests
{
    private const string Schema =
        "{type: object, properties: {name: {type: string}, min: {type: integer}, max: {type: integer}, share: {type: number}, tags: {type: array, items: {type: string}}, "
        + "labels: {type: object, additionalProperties: {type: string}}, my-field: {type: string}, namespace: {type: string}, "
        + "ports: {type: array, items: {type: object, properties: {id: {type: string}, port: {type: integer}}}}}}";

    private const string Value =
        "{name: web-1, min: 2, max: 5, share: 1, tags: [a, b, c], labels: {app: web}, my-field: x, namespace: ns, ports: [{id: http, port: 80}, {id: https, port: 443}]}";

    [Theory]
    [InlineData("self.min <= self.max")]
    [InlineData("self.min + 3 == self.max && self.max - self.min * 1 == 3")]
    [InlineData("self.max / 2 == 2 && self.max % 2 == 1 && -self.min < 0")]
    [InlineData("self.share < 1.5 && self.share == 1 && self.share + 0.5 == 1.5")]
    [InlineData("!(self.min > self.max) || false")]
    [InlineData("has(self.name) && !has(self.labels.tier)")]
    [InlineData("self.name.startsWith('web') && self.name.endsWith(\"-1\") && self.name.contains('b-') && self.name.matches('^[a-z]+-[0-9]$')")]
    [InlineData("size(self.tags) == 3 && self.tags.size() == 3 && size(self.name) == 5 && size(self.labels) == 1")]
    [InlineData("'a' in self.tags && !('z' in self.tags) && 'app' in self.labels")]
    [InlineData("self.tags.all(t, size(t) == 1) && self.tags.exists(t, t == 'b') && self.tags.exists_one(t, t == 'c')")]
    [InlineData("self.ports.filter(p, p.port > 100).map(p, p.id) == ['https']")]
    [InlineData("self.ports.map(p, p.port > 100, p.port) == [443]")]
    [InlineData("self.labels.all(k, self.labels[k] == 'web') && self.labels['app'] == 'web' && self.labels.app == 'web'")]
    [InlineData("self.ports[0].port == 80")]
    [InlineData("(self.min > 1 ? 'big' : 'small') == 'big'")]
    [InlineData("self.my__dash__field == 'x' && self.__namespace__ == 'ns'")]
    [InlineData("[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [3, 1].max() == 3 && [1, 2].isSorted()")]
    [InlineData("{'a': 1}['a'] == 1 && {'a': 1} == {'a': 1}")]
    [InlineData("self.name.split('-').join('+') == 'web+1' && self.name.substring(0, 3).upperAscii() == 'WEB'")]
    [InlineData("int('5') == self.max && string(self.max) == '5' && double(self.max) == 5.0")]
    [InlineData("r'\\d' == '\\\\d' && 0x10 == 16 && 1e3 == 1000.0 && \"\\u0041\" == 'A'")]
    [InlineData("true || self.labels.nothing == 'x'")]
    [InlineData("self.labels.nothing == 'x' || true")]
    [InlineData("!(false && 1 / 0 == 1)")]
    public void It_holds(string rule)
    {
        var node = CelParser.Parse(rule);
        CelTypes.Check(node, rule, CustomRig.Schema(Schema), isRoot: false);
        Assert.Equal(true, new CelEvaluation(("self", CelTypes.ValueOf(CustomRig.Value(Value), CustomRig.Schema(Schema)))).Of(node));
    }

    [Theory]
    [InlineData("self.nothing == 1", "undefined field 'nothing'")]
    [InlineData("self.ports.all(p, p.nothing == 1)", "undefined field 'nothing'")]
    [InlineData("self.name.first == 'w'", "type 'string' does not support field selection")]
    [InlineData("other == 1", "undeclared reference to 'other' (in container '')")]
    [InlineData("self.min >", "Syntax error: unexpected '<EOF>'")]
    [InlineData("self.min = 1", "Syntax error: token recognition error at: '='")]
    [InlineData("url(self.name).getHost() == 'x'", "url() is not supported in this lab; supported are has(), all()")]
    [InlineData("quantity(self.name).isLessThan(quantity('1'))", "quantity() is not supported in this lab")]
    [InlineData("has(self)", "invalid argument to has() macro")]
    [InlineData("'open", "the text does not end")]
    public void What_cannot_be_read_is_refused_and_shown(string rule, string why)
    {
        var wrong = Assert.Throws<CelException>(() => CelTypes.Check(CelParser.Parse(rule), rule, CustomRig.Schema(Schema), isRoot: false));
        Assert.StartsWith("compilation failed: ERROR: <input>:1:", wrong.Message);
        Assert.Contains(why, wrong.Message);
        Assert.Contains($" | {rule}\n | ", wrong.Message);
    }

    [Fact]
    public void A_very_deep_expression_is_refused()
    {
        var deep = new string('(', 10_000) + "1" + new string(')', 10_000);
        Assert.Contains("expression recursion limit exceeded", Assert.Throws<CelException>(() => CelParser.Parse(deep)).Message);
        var nots = new string('!', 10_000) + "true";
        Assert.Contains("expression recursion limit exceeded", Assert.Throws<CelException>(() => CelParser.Parse(nots)).Message);
    }

    [Theory]
    [InlineData("self.labels.nothing == 'x'", "no such key: nothing evaluating rule: self.labels.nothing == 'x'")]
    [InlineData("self.min / (self.min - 2) == 1", "division by zero evaluating rule: self.min / (self.min - 2) == 1")]
    [InlineData("self.tags[7] == 'a'", "index out of bounds: 7 evaluating rule: self.tags[7] == 'a'")]
    [InlineData("self.min + self.name == 1", "'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.min + self.name == 1")]
    [InlineData("self.tags.all(a, self.tags.all(b, self.name.matches('x')))", "failed rule: self.tags.all(a, self.tags.all(b, self.name.matches('x')))")]
    public void A_rule_that_fails_is_reported(string rule, string why) => Assert.Equal([$"spec: Invalid value: \"object\": {why}"], Ask($"{{rule: {Quoted(rule)}}}"));

    [Theory]
    [InlineData("{rule: 'false', message: ' no way '}", "spec: Invalid value: \"object\": no way")]
    [InlineData("{rule: 'false', messageExpression: '\"name \" + self.name'}", "spec: Invalid value: \"object\": name web-1")]
    [InlineData("{rule: 'false', message: m, reason: FieldValueForbidden}", "spec: Forbidden: m")]
    [InlineData("{rule: 'false', message: m, reason: FieldValueRequired, fieldPath: .name}", "spec.name: Required value: m")]
    [InlineData("{rule: 'false', reason: FieldValueDuplicate}", "spec: Duplicate value: \"object\"")]
    public void A_rule_says_how_it_is_reported(string rule, string why) => Assert.Equal([why], Ask(rule));

    [Fact]
    public void A_rule_over_the_past_is_asked_on_updates_only()
    {
        const string Rule = "{rule: 'self.min >= oldSelf.min'}";
        Assert.Empty(Ask(Rule));
        Assert.Empty(Ask(Rule, Value.Replace("min: 2", "min: 1", StringComparison.Ordinal)));
        Assert.Single(Ask(Rule, Value.Replace("min: 2", "min: 3", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_rule_may_say_that_the_past_may_be_absent()
    {
        const string Rule = "{rule: 'oldSelf.hasValue() ? self.min >= oldSelf.value().min : self.min == 2', optionalOldSelf: true}";
        Assert.Empty(Ask(Rule));
        Assert.Single(Ask(Rule.Replace("== 2", "== 3", StringComparison.Ordinal)));
        Assert.Empty(Ask(Rule, Value.Replace("min: 2", "min: 1", StringComparison.Ordinal)));
        Assert.Single(Ask(Rule, Value.Replace("min: 2", "min: 3", StringComparison.Ordinal)));
        Assert.Empty(Ask("{rule: 'oldSelf.orValue(self).min <= self.min', optionalOldSelf: true}"));
        Assert.Contains("optional.none() dereference", Ask("{rule: 'oldSelf.value().min == 2', optionalOldSelf: true}").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_takes_too_long_is_ended()
    {
        var schema = CustomRig.Schema("{type: object, properties: {l: {type: array, items: {type: integer}}}, x-kubernetes-validations: [{rule: 'self.l.all(a, self.l.all(b, self.l.all(c, a + b + c >= 0)))'}]}");
        var errors = new FieldErrors();
        new CelRules().Check(CustomRig.Value($"{{l: [{string.Join(',', Enumerable.Repeat("1", 300))}]}}"), null, schema, "spec", errors);
        Assert.Contains("operation cancelled: actual cost limit exceeded", errors.Causes.Single().Message);
    }

    private static List<string> Ask(string rule, string? old = null)
    {
        var schema = CustomRig.Schema(Schema[..^1] + $", x-kubernetes-validations: [{rule}]}}");
        var errors = new FieldErrors();
        new CelRules().Check(CustomRig.Value(Value), old is null ? null : CustomRig.Value(old), schema, "spec", errors);
        return [.. errors.Causes.Select(c => $"{c.Field}: {c.Message}")];
    }

    private static string Quoted(string rule) => $"'{rule.Replace("'", "''", StringComparison.Ordinal)}'";
}
