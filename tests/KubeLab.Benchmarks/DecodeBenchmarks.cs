using System.Text.Json;
using BenchmarkDotNet.Attributes;
using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Benchmarks;

/// <summary>A pod from JSON and back, and the typed update that controllers make instead.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private readonly byte[] json = JsonSerializer.SerializeToUtf8Bytes(Samples.Pod("web"), ApiJson.Default.Pod);
    private readonly Pod pod = Samples.Pod("web");

    [Benchmark(Baseline = true)]
    public Pod Decode() => JsonSerializer.Deserialize(json, ApiJson.Default.Pod)!;

    [Benchmark]
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(pod, ApiJson.Default.Pod);

    [Benchmark]
    public Pod UpdateStatus() => pod with { Status = pod.Status with { Phase = "Running" } };
}
