using System.Reflection;
using KubeLab.Api;

namespace KubeLab.Tests.Architecture;

public sealed class ModelTests
{
    [Fact]
    public void Every_list_element_type_is_known_to_the_serializer()
    {
        var missing = typeof(ApiRecord).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ApiRecord)))
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(p => p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(ValueList<>))
            .Select(t => t.GetGenericArguments()[0])
            .Distinct()
            .Where(t => ApiJson.Default.GetTypeInfo(t) is null)
            .Select(t => t.Name);
        Assert.Empty(missing);
    }
}
