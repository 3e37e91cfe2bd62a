using KubeLab.Api;
using KubeLab.Client.Http;

namespace KubeLab.Tests.Client.Http;

public sealed class RecordTypesTests
{
    [Fact]
    public void Every_kind_that_has_a_record_is_read_as_one()
    {
        var kinds = typeof(ApiResource).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IApiObject<>)));
        foreach (var type in kinds)
        {
            var resource = (ApiResource)type.GetProperty("Resource")!.GetValue(null)!;
            Assert.True(RecordTypes.Of(resource.ApiVersion, resource.Kind) == type, $"add Entry<{type.Name}>() to RecordTypes");
        }
    }
}
