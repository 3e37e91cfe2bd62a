namespace KubeLab.Api.Selecting;

/// <summary>How one line of a <see cref="Selector"/> relates a key to values.</summary>
public enum SelectorOperator
{
    /// <summary>The key is there with one of the values: <c>x in (a,b)</c>.</summary>
    In,

    /// <summary>The key is absent, or has none of the values: <c>x notin (a,b)</c>.</summary>
    NotIn,

    /// <summary>The key is there with the value: <c>x=a</c>.</summary>
    Equals,

    /// <summary>The same, written <c>x==a</c>.</summary>
    DoubleEquals,

    /// <summary>The key is absent, or has another value: <c>x!=a</c>.</summary>
    NotEquals,

    /// <summary>The key is there with a larger integer: <c>x&gt;1</c>.</summary>
    GreaterThan,

    /// <summary>The key is there with a smaller integer: <c>x&lt;1</c>.</summary>
    LessThan,

    /// <summary>The key is there: <c>x</c>.</summary>
    Exists,

    /// <summary>The key is absent: <c>!x</c>.</summary>
    DoesNotExist,
}
