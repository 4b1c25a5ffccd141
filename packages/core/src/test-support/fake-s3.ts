import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * As much of S3 as Inlay asks for, on a port of this machine: objects by path, parts, ranges; every request's signature is
 * worked out anew (SigV4) from what came, and a wrong one is refused.
 */
export async function fakeS3(bucket = "recordings") {
	const keys = { accessKeyId: "TESTKEY", secretAccessKey: "a/secret+of tests" };
	const objects = new Map<string, Buffer>();
	const uploads = new Map<string, Map<number, Buffer>>();
	/** The methods of requests, in order. */
	const asked: string[] = [];
	/** Answers the next requests with an error, as a service that is away. */
	let failures = 0;

	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			asked.push(`${request.method} ${request.url?.split("?")[1]?.split("=")[0] ?? ""}`.trim());
			const problem = problemOf(request, body, keys);
			const told = failures-- > 0 ? refusal(503, "SlowDown") : problem ? refusal(403, problem) : answer(request, body);
			const length = { "content-length": String(Buffer.byteLength(told.body ?? "")) };
			response.writeHead(told.status, { ...length, ...told.headers }).end(told.body);
		});
	});

	function answer(request: IncomingMessage, body: Buffer): Told {
		const url = new URL(request.url ?? "/", "http://s3");
		const path = url.pathname;
		if (!path.startsWith(`/${bucket}/`)) return refusal(404, "NoSuchBucket");
		const uploadId = url.searchParams.get("uploadId");
		if (request.method === "POST" && url.searchParams.has("uploads")) {
			const id = `upload ${uploads.size + 1}/+`;
			uploads.set(id, new Map());
			return { status: 200, body: `<Result><UploadId>${id}</UploadId></Result>` };
		}
		if (uploadId !== null) return part(request.method, { url, uploadId, body });
		if (request.method === "GET") return read(path, request.headers.range);
		if (request.method === "PUT") objects.set(path, body);
		else objects.delete(path);
		return { status: request.method === "PUT" ? 200 : 204 };
	}

	function part(
		method: string | undefined,
		{ url, uploadId, body }: { url: URL; uploadId: string; body: Buffer },
	): Told {
		const parts = uploads.get(uploadId);
		if (!parts) return refusal(404, "NoSuchUpload");
		if (method === "PUT") {
			parts.set(Number(url.searchParams.get("partNumber")), body);
			return { status: 200, headers: { etag: `"${etag(body)}"` } };
		}
		if (method === "POST") {
			const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\w+)"/g)];
			const whole = listed.map(([, number, tag]) => ({ data: parts.get(Number(number)), tag }));
			if (whole.some(({ data, tag }) => !data || etag(data) !== tag)) return refusal(400, "InvalidPart");
			objects.set(url.pathname, Buffer.concat(whole.flatMap(({ data }) => data ?? [])));
		}
		uploads.delete(uploadId);
		return { status: method === "POST" ? 200 : 204 };
	}

	function read(path: string, range: string | undefined): Told {
		const found = objects.get(path);
		if (!found) return refusal(404, "NoSuchKey");
		const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
		if (first === undefined) return { status: 200, body: found };
		const headers = { "content-range": `bytes ${first}-${last}/${found.length}` };
		return { status: 206, headers, body: found.subarray(Number(first), Number(last) + 1) };
	}

	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const secret = encodeURIComponent(keys.secretAccessKey);
	return {
		objects,
		uploads,
		asked,
		/** As the configuration has it. */
		address: `s3+http://${keys.accessKeyId}:${secret}@127.0.0.1:${port}/${bucket}?region=test-1`,
		fail: (times: number) => {
			failures = times;
		},
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}

function etag(data: Buffer): string {
	return createHash("md5").update(data).digest("hex");
}

interface Told {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

function refusal(status: number, code: string): Told {
	return { status, body: `<Error><Code>${code}</Code><Secret>of the service</Secret></Error>` };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** What is wrong with a request's signature (SigV4 as AWS describes it). */
function problemOf(
	request: IncomingMessage,
	body: Buffer,
	{ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
): string | undefined {
	const parts =
		/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
			request.headers.authorization ?? "",
		);
	const [, key, scope = "", names = "", signature] = parts ?? [];
	if (key !== accessKeyId) return "InvalidAccessKeyId";
	const hash = request.headers["x-amz-content-sha256"];
	if (hash !== sha256(body)) return "XAmzContentSHA256Mismatch";
	const [path = "", query = ""] = (request.url ?? "").split("?");
	const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
	const canonical = [request.method, path, sortedQuery(query), headers.join(""), names, hash].join("\n");
	const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
	const signingKey = scope
		.split("/")
		.reduce((last: string | Buffer, piece) => hmac(last, piece), `AWS4${secretAccessKey}`);
	return hmac(signingKey, toSign).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

function sortedQuery(query: string): string {
	const strict = (text: string) => encodeURIComponent(decodeURIComponent(text)).replace(/[!'()*]/g, escaped);
	return query
		.split("&")
		.filter((pair) => pair !== "")
		.map((pair) => pair.split("=").map(strict))
		.map(([name, value = ""]) => `${name}=${value}`)
		.sort()
		.join("&");
}

function escaped(letter: string): string {
	return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}

function sha256(data: string | Buffer): string {
	return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
	return createHmac("sha256", key).update(data).digest();
}
