// Usage: node otlp.mjs
// A collector of OTLP over HTTP, read by OpenTelemetry's own messages for JavaScript. Prints its port, and then a line of JSON for each span and each metric.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const MOST_BYTES = 4 << 20;
const { opentelemetry } = createRequire(import.meta.url)("@opentelemetry/otlp-transformer/build/src/generated/root");
const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1;
const { ExportMetricsServiceRequest } = opentelemetry.proto.collector.metrics.v1;

const valueOf = (value) => value.stringValue ?? value.intValue?.toString() ?? value.doubleValue ?? value.boolValue;
const tagsOf = (attributes) => Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
const hex = (bytes) => Buffer.from(bytes ?? []).toString("hex");
const say = (line) => console.log(JSON.stringify(line));

const readers = {
  "/v1/traces": (body) => {
    for (const resource of ExportTraceServiceRequest.decode(body).resourceSpans) {
      for (const { spans } of resource.scopeSpans) {
        for (const span of spans) {
          say({
            span: span.name,
            service: tagsOf(resource.resource.attributes)["service.name"],
            trace: hex(span.traceId),
            id: hex(span.spanId),
            parent: hex(span.parentSpanId),
            nanoseconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
            failed: span.status?.code === 2,
            tags: tagsOf(span.attributes),
          });
        }
      }
    }
  },
  "/v1/metrics": (body) => {
    for (const { scopeMetrics } of ExportMetricsServiceRequest.decode(body).resourceMetrics) {
      for (const { metrics } of scopeMetrics) {
        for (const metric of metrics) say({ metric: metric.name, unit: metric.unit, points: (metric.sum ?? metric.gauge ?? metric.histogram).dataPoints.length });
      }
    }
  },
};

const server = createServer(async (request, response) => {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > MOST_BYTES) return response.writeHead(413).end();
    pieces.push(piece);
  }
  const read = request.method === "POST" && request.headers["content-type"] === "application/x-protobuf" ? readers[request.url] : undefined;
  if (read) read(Buffer.concat(pieces));
  response.writeHead(read ? 200 : 404, { "content-type": "application/x-protobuf" }).end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
