using System.Globalization;

namespace KubeLab.ApiServer.Registry;

/// <summary>The place of a field in an object, written as <c>spec.containers[0].image</c>; text is made only when an error asks for it.</summary>
/// <seealso href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field#Path">field.Path</seealso>
public sealed class FieldPath
{
    private readonly FieldPath? parent;
    private readonly string name;
    private readonly bool isElement;

    private FieldPath(FieldPath? parent, string name, bool isElement)
    {
        this.parent = parent;
        this.name = name;
        this.isElement = isElement;
    }

    /// <summary><c>metadata</c>, where every object begins.</summary>
    public static FieldPath Metadata { get; } = Root("metadata");

    /// <summary><c>spec</c>, what is asked for.</summary>
    public static FieldPath Spec { get; } = Root("spec");

    /// <summary><c>status</c>, what is reported.</summary>
    public static FieldPath Status { get; } = Root("status");

    /// <summary>A top-level field.</summary>
    public static FieldPath Root(string name) => new(null, name, isElement: false);

    /// <summary>A field of this object: <c>this.name</c>.</summary>
    public FieldPath Child(string name) => new(this, name, isElement: false);

    /// <summary>An element of this list: <c>this[index]</c>.</summary>
    public FieldPath Index(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), isElement: true);

    /// <summary>An entry of this map: <c>this[key]</c>.</summary>
    public FieldPath Key(string key) => new(this, key, isElement: true);

    /// <inheritdoc/>
    public override string ToString() => parent is null ? name : isElement ? $"{parent}[{name}]" : $"{parent}.{name}";
}
