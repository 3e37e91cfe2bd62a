using System.Text.Json.Serialization;
using KubeLab.Cloud.Images;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Cloud.Storage;

namespace KubeLab.Cloud.Data;

/// <summary>How the files of <c>data/</c> are read: strictly, since a misspelt field would silently change a bill.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PriceFile))]
[JsonSerializable(typeof(ExchangeFile))]
[JsonSerializable(typeof(MeasuredBillsFile))]
[JsonSerializable(typeof(MachineFile))]
[JsonSerializable(typeof(TimingFile))]
[JsonSerializable(typeof(StorageFile))]
[JsonSerializable(typeof(ImageFile))]
internal sealed partial class CloudJson : JsonSerializerContext;
