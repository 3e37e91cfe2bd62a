namespace KubeLab.Controllers;

/// <summary>One of the loops that a controller manager runs.</summary>
/// <remarks>It lives as long as the process: after <see cref="Stop"/> a new one is made, which begins with empty memory.</remarks>
public interface IManagedController
{
    /// <summary>Its name, as upstream's controllers are called.</summary>
    string Name { get; }

    /// <summary>Begins to work; its informers are started afterwards.</summary>
    void Start();

    /// <summary>Ends at once.</summary>
    void Stop();
}
