using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How config maps are stored.</summary>
public sealed class ConfigMapStrategy : KindStrategy<ConfigMap>;
