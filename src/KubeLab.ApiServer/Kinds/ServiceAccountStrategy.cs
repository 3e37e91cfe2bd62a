using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How service accounts are stored; nothing but their metadata can be wrong.</summary>
public sealed class ServiceAccountStrategy : KindStrategy<ServiceAccount>;
