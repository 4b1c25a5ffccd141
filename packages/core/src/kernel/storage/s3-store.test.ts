import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeS3 } from "../../test-support/fake-s3.ts";
import { objectStoreContract } from "./object-store.contract.ts";
import { newKey, type ObjectStore } from "./object-store.ts";
import { readS3Address, type S3Address } from "./s3-address.ts";
import { s3Store } from "./s3-store.ts";

/** Bytes; as much as in the product would take seconds. */
const atOnce = 100_000;
let s3: Awaited<ReturnType<typeof fakeS3>>;
let store: ObjectStore;
beforeAll(async () => {
	s3 = await fakeS3();
	store = s3Store(readS3Address(s3.address) as S3Address, atOnce);
});
afterAll(() => s3.close());

const facts = (data: Buffer) => ({ type: "audio/wav", size: data.length });

describe("a bucket", () => {
	objectStoreContract(() => store, atOnce);

	it("was left with the parts of uploads that came to nothing", () => {
		expect(s3.uploads.size).toBe(0);
	});

	it("sends up to 8 MiB at once, and more in parts", async () => {
		const key = newKey("org", "recording", new Date());
		const inEarnest = s3Store(readS3Address(s3.address) as S3Address);
		const put = async (bytes: number) => {
			s3.asked.length = 0;
			const data = Buffer.alloc(bytes);
			await inEarnest.put(key, Readable.from([data]), facts(data));
			return s3.asked;
		};
		expect(await put(8 * 1024 * 1024)).toEqual(["PUT"]);
		expect(await put(8 * 1024 * 1024 + 1)).toEqual([
			"POST uploads",
			"PUT partNumber",
			"PUT partNumber",
			"POST uploadId",
		]);
	});

	it("gave up when the service was busy for a moment", async () => {
		const key = newKey("org", "recording", new Date());
		s3.fail(2);
		await store.put(key, Readable.from([Buffer.from("x")]), { type: "audio/wav", size: 1 });
		const found = await store.get(key);
		expect(found && (await buffer(found.body)).toString()).toBe("x");
	});

	it("told what opens the bucket when it refused it", async () => {
		const wrong = s3Store({ ...(readS3Address(s3.address) as S3Address), secretAccessKey: "another" });
		const error = await wrong.delete(newKey("org", "recording", new Date())).catch((thrown: Error) => thrown);
		const said = String((error as Error).cause);
		expect(said).toContain("403: SignatureDoesNotMatch");
		expect(`${said}${error}`).not.toMatch(/TESTKEY|another|Secret|127\.0/);
	});
});

describe("the address of a bucket", () => {
	it("tells service, bucket, region and what opens it", () => {
		expect(readS3Address("s3+https://AK:a%2Fb%2B@s3.example.org:9000/calls-1/?region=eu-1")).toEqual({
			bucketUrl: "https://s3.example.org:9000/calls-1",
			region: "eu-1",
			accessKeyId: "AK",
			secretAccessKey: "a/b+",
		});
	});

	it.each([
		"https://AK:s@host/bucket",
		"s3+https://host/bucket",
		"s3+https://AK:s@host/",
		"s3+https://AK:s@host/a/b",
		"s3+ftp://AK:s@host/bucket",
		"s3+https://AK:%zz@host/bucket",
		"",
	])("is not %s", (text) => {
		expect(readS3Address(text)).toBeUndefined();
	});
});
