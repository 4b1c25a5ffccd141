import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { newKey, type ObjectStore, StorageError } from "./object-store.ts";

/** What every store must do, whatever is behind it. @param largestAtOnce bytes above which it does something else */
export function objectStoreContract(store: () => ObjectStore, largestAtOnce: number): void {
	const key = () => newKey("org-1", "recording", new Date("2026-11-26T10:00:00Z"));
	const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 251));
	const put = (name: string, data: Buffer, size = data.length) =>
		store().put(name, chunks(data, 1000), { type: "audio/wav", size });
	const read = async (name: string, range?: { first: number; last: number }) => {
		const found = await store().get(name, range);
		return found && { size: found.size, data: await buffer(found.body) };
	};

	it.each([
		["nothing", 0],
		["a few bytes", 3],
		["some chunks", 4321],
	])("gives back what was put: %s", async (_, size) => {
		const [name, data] = [key(), bytes(size)];
		await put(name, data);
		expect(await read(name)).toEqual({ size, data });
	});

	it.each([0, 1, 1000])("gives back what is %i bytes longer than goes at once", async (more) => {
		const [name, data] = [key(), Buffer.alloc(largestAtOnce + more, "recorded ")];
		await store().put(name, chunks(data, 30_001), { type: "audio/wav", size: data.length });
		const found = await read(name);
		expect(found?.size).toBe(data.length);
		expect(found?.data.equals(data)).toBe(true);
	});

	it("gives a part, with the size of the whole", async () => {
		const [name, data] = [key(), bytes(500)];
		await put(name, data);
		expect(await read(name, { first: 100, last: 199 })).toEqual({ size: 500, data: data.subarray(100, 200) });
		expect(await read(name, { first: 499, last: 499 })).toEqual({ size: 500, data: data.subarray(499) });
	});

	it("puts the new in the place of the old", async () => {
		const name = key();
		await put(name, bytes(100));
		await put(name, bytes(7));
		expect((await read(name))?.size).toBe(7);
	});

	it("has nothing where nothing was put, and after it was deleted; twice is once", async () => {
		const name = key();
		expect(await read(name)).toBeUndefined();
		await put(name, bytes(10));
		await store().delete(name);
		await store().delete(name);
		expect(await read(name)).toBeUndefined();
	});

	it.each([
		["shorter", 9],
		["longer", 11],
	])("kept half a file: what is %s than was said is not kept at all", async (_, said) => {
		const name = key();
		await expect(put(name, bytes(10), said)).rejects.toThrow(StorageError);
		expect(await read(name)).toBeUndefined();
	});

	it("kept half a file whose source broke off", async () => {
		const name = key();
		await expect(
			store().put(name, broken(largestAtOnce + 10), { type: "audio/wav", size: largestAtOnce + 20 }),
		).rejects.toThrow(StorageError);
		expect(await read(name)).toBeUndefined();
	});

	it.each(["../../etc/passwd", "a/b", "", "org/recording/2026/11/../../../x"])("refuses the key %s", async (name) => {
		await expect(put(name, bytes(1))).rejects.toThrow(StorageError);
		await expect(store().get(name)).rejects.toThrow(StorageError);
		await expect(store().delete(name)).rejects.toThrow(StorageError);
	});
}

async function* chunks(data: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function* broken(length: number): AsyncGenerator<Uint8Array> {
	yield Buffer.alloc(length);
	throw new Error("The disk does not answer.");
}
