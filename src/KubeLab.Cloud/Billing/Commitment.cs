namespace KubeLab.Cloud.Billing;

/// <summary>A promise to pay for machines of a type for years, whether they run or not; it covers as many vCPUs of their family.</summary>
/// <param name="MachineType">For example <c>e2-standard-4</c>.</param>
/// <param name="Machines">How many.</param>
/// <param name="Years">1 or 3.</param>
/// <seealso href="https://cloud.google.com/compute/docs/instances/committed-use-discounts-overview">Google Cloud: committed use discounts</seealso>
public sealed record Commitment(string MachineType, int Machines, int Years);
