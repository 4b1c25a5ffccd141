import { expect, it } from "vitest";
import { Ground } from "./ground.ts";
import { promises } from "./grounds.ts";

/** A list of old, to which a library adds methods, and which is written by `toJSON` where there is one. */
function realm() {
	const proto: Record<string, unknown> = { join: () => "1,2", sort: () => "" };
	const works = () => proto.toJSON === undefined && (proto.join as () => string)() === "1,2";
	return { proto, ground: new Ground({ name: "JSON", holders: [proto], works }) };
}

it("one broken thing took away everything else that a script had added", () => {
	const { proto, ground } = realm();
	const [each, first] = [() => "each", () => "first"];
	Object.assign(proto, { each, toJSON: () => "[]", first });
	expect(ground.mend()).toBe("JSON (toJSON)");
	expect([proto.each, proto.first, proto.toJSON]).toEqual([each, first, undefined]);
	expect(ground.mend()).toBeUndefined();
});

it("what works as it should stays as the script made it; else all that was there is as it was, also what no trial sees", () => {
	const { proto, ground } = realm();
	const { join, sort } = proto;
	proto.join = () => "1,2";
	expect(ground.mend()).toBeUndefined();
	expect(proto.join).not.toBe(join);
	Object.assign(proto, { join: () => "", sort: () => "", each: join });
	expect(ground.mend()).toBe("JSON (join, sort)");
	expect([proto.join, proto.sort, proto.each]).toEqual([join, sort, join]);
	delete proto.join;
	expect(ground.mend()).toBe("JSON (join)");
	expect([proto.join, proto.each]).toEqual([join, join]);
});

it("more additions than can be tried one by one go", () => {
	const { proto, ground } = realm();
	for (let at = 0; at < 400; at++) proto[`added${at}`] = at;
	proto.toJSON = 1;
	expect(ground.mend()).toContain("added3");
	expect([proto.added1, proto.added399, proto.toJSON]).toEqual([1, undefined, undefined]);
});

it("a library's Promise, older than what the panel asks of one, locked the agent out", async () => {
	const { Promise: native } = globalThis;
	/** As libraries of 2015 have it: of what all promises have, these alone. */
	class Promised {
		static resolve = native.resolve.bind(native);
		static all = native.all.bind(native);
		constructor(task: ConstructorParameters<typeof native>[0]) {
			// biome-ignore lint/correctness/noConstructorReturn: a library's promise, here the browser's under another name.
			return new native(task);
		}
	}
	const old = Promised as unknown as PromiseConstructor;
	const ground = new Ground(promises(globalThis as never));
	try {
		globalThis.Promise = old;
		expect(ground.mend()).toBeUndefined();
		expect(globalThis.Promise).toBe(old);
		const { promise, resolve } = Promise.withResolvers<number>();
		resolve(5);
		expect(await promise).toBe(5);
	} finally {
		globalThis.Promise = native;
	}
});
