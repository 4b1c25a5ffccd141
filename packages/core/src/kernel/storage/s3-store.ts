import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import { type ObjectStore, requireKey, StorageError } from "./object-store.ts";
import type { S3Address } from "./s3-address.ts";

/** Bytes up to which a file goes in one request; longer ones go in parts of this size (agent-features 0.4). */
const partBytes = 8 * 1024 * 1024;
const requestMs = 60_000;

/** Files in a bucket of whatever speaks S3: requests signed (SigV4), the bucket named in the path. @param atOnce for tests */
export function s3Store({ bucketUrl, ...access }: S3Address, atOnce = partBytes): ObjectStore {
	const client = new AwsClient({ ...access, service: "s3", retries: 3 });

	/** @throws StorageError for any answer but those of `accepted` */
	async function ask(
		method: string,
		key: string,
		options: { query?: string; body?: Uint8Array | string; headers?: Record<string, string>; accepted: number[] },
	): Promise<Response> {
		const { query = "", body, headers = {}, accepted } = options;
		try {
			const answer = await client.fetch(`${bucketUrl}/${requireKey(key)}${query}`, {
				method,
				...(body === undefined ? {} : { body: body as BodyInit }),
				headers: {
					...headers,
					"x-amz-content-sha256": createHash("sha256")
						.update(body ?? "")
						.digest("hex"),
				},
				...(method === "GET" ? {} : { signal: AbortSignal.timeout(requestMs) }),
			});
			if (accepted.includes(answer.status)) return answer;
			throw new Error(`The service answered ${answer.status}: ${await whyOf(answer)}`);
		} catch (error) {
			if (error instanceof StorageError) throw error;
			throw new StorageError(`The bucket did not do what it was asked (${method}).`, error);
		}
	}

	async function putParts(key: string, parts: AsyncIterable<Uint8Array>, type: string): Promise<void> {
		const begun = await ask("POST", key, { query: "?uploads=", headers: { "content-type": type }, accepted: [200] });
		const uploadId = textOf(await begun.text(), "UploadId");
		if (!uploadId) throw new StorageError("The bucket began an upload without saying which.");
		const upload = `uploadId=${encodeURIComponent(uploadId)}`;
		try {
			const tags: string[] = [];
			for await (const part of parts) {
				const query = `?partNumber=${tags.length + 1}&${upload}`;
				const answer = await ask("PUT", key, { query, body: part, accepted: [200] });
				tags.push(answer.headers.get("etag") ?? "");
			}
			const done = await ask("POST", key, { query: `?${upload}`, body: completion(tags), accepted: [200] });
			// S3 may say after its 200 that it went wrong.
			const said = await done.text();
			if (said.includes("<Error>")) throw new StorageError(`The bucket did not complete an upload: ${codeIn(said)}`);
		} catch (error) {
			await ask("DELETE", key, { query: `?${upload}`, accepted: [204, 404] }).catch(() => {});
			throw error;
		}
	}

	return {
		async put(key, body, { type, size }) {
			const parts = inParts(body, size, atOnce);
			try {
				if (size > atOnce) return await putParts(key, parts, type);
				for await (const whole of parts)
					await ask("PUT", key, { body: whole, headers: { "content-type": type }, accepted: [200] });
			} catch (error) {
				throw error instanceof StorageError ? error : new StorageError("A file could not be read to be kept.", error);
			}
		},

		async get(key, range) {
			const headers: Record<string, string> = range ? { range: `bytes=${range.first}-${range.last}` } : {};
			const answer = await ask("GET", key, { headers, accepted: [200, 206, 404] });
			if (answer.status === 404 || !answer.body) {
				await answer.body?.cancel();
				return undefined;
			}
			return { size: sizeOf(answer), body: Readable.fromWeb(answer.body as ReadableStream) };
		},

		async delete(key) {
			await ask("DELETE", key, { accepted: [200, 204, 404] });
		},
	};
}

/**
 * Gathers chunks to parts of so many bytes; a file of no more is one part, also an empty one.
 * @throws StorageError before the last part is given where there is more or less of it than was said
 */
async function* inParts(body: AsyncIterable<Uint8Array>, size: number, atOnce: number): AsyncGenerator<Uint8Array> {
	let gathered: Uint8Array[] = [];
	let length = 0;
	let received = 0;
	const wrongLength = () => new StorageError(`A file has not the ${size} bytes that it was said to have.`);
	for await (const chunk of body) {
		received += chunk.length;
		if (received > size) throw wrongLength();
		for (let from = 0; from < chunk.length; ) {
			if (length === atOnce) {
				yield Buffer.concat(gathered);
				gathered = [];
				length = 0;
			}
			const some = chunk.subarray(from, from + atOnce - length);
			gathered.push(some);
			length += some.length;
			from += some.length;
		}
	}
	if (received !== size) throw wrongLength();
	yield Buffer.concat(gathered);
}

/** Of the whole: behind the slash of `Content-Range` where a part was answered. */
function sizeOf({ headers }: Response): number {
	const whole = headers.get("content-range")?.split("/")[1] ?? headers.get("content-length");
	return Number(whole);
}

function completion(tags: readonly string[]): string {
	const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
	return `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
}

function textOf(xml: string, name: string): string | undefined {
	return new RegExp(`<${name}>([^<]{1,2000})</${name}>`).exec(xml)?.[1];
}

/** The service's own code; the rest of its answer may hold keys and signatures. */
async function whyOf(answer: Response): Promise<string> {
	return codeIn(await answer.text().catch(() => ""));
}

function codeIn(xml: string): string {
	return textOf(xml, "Code")?.slice(0, 60) ?? "no reason given";
}
