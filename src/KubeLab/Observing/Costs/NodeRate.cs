namespace KubeLab.Observing.Costs;

/// <summary>What a node costs, and how its price is shared between CPU and memory.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="PerHour">Machine and boot disk, in the currency of the bill.</param>
/// <param name="VcpuWeight">What a vCPU costs against a GiB.</param>
/// <param name="GibWeight">What a GiB costs against a vCPU.</param>
/// <param name="IsMaster">Whether it is the control plane's.</param>
/// <seealso href="https://opencost.io/docs/specification/">OpenCost specification</seealso>
internal sealed record NodeRate(string Pool, double PerHour, double VcpuWeight, double GibWeight, bool IsMaster);
