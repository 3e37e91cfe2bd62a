using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Tests.Api;

public sealed class SameValueTests
{
    [Fact]
    public void What_is_absent_equals_what_is_empty()
    {
        Assert.Equal(new Container(), new Container { Name = "", Resources = new() });
        Assert.Equal(new Pod(), new Pod { Metadata = new(), Spec = new(), Status = new() });
    }

    [Fact]
    public void An_object_equals_itself_after_a_journey_through_JSON()
    {
        var pod = new Pod { Metadata = new() { Name = "p" }, Spec = new() { Containers = [new() { Name = "c", Image = "x" }] } };
        var json = JsonSerializer.Serialize(pod, ApiJson.Default.Pod);
        Assert.Equal(pod, JsonSerializer.Deserialize(json, ApiJson.Default.Pod));
    }
}
