namespace KubeLab.Cli;

/// <summary>What <c>lab bench scale</c> is to do.</summary>
/// <param name="Nodes">How many nodes (4 CPU, 32Gi, 110 pods each).</param>
/// <param name="Pods">How many pods (100m, 500Mi each).</param>
/// <param name="PodsPerDeployment">How many pods a Deployment has.</param>
/// <param name="Masters">How many masters, each with a member of the store.</param>
/// <param name="Seed">Decides names and delays.</param>
/// <param name="Rollout">Whether all pods are replaced afterwards, by a rolling update of every Deployment.</param>
internal sealed record ScaleWish(int Nodes, int Pods, int PodsPerDeployment, int Masters, long Seed, bool Rollout);
