import { expect, it } from "vitest";
import { Ground } from "./ground.ts";
import { promises } from "./grounds.ts";

/** A list of old, to which a library adds methods, and which is written by `toJSON` where there is one. */
function realm() {
	const proto: Record<string, unknown> = { join: () => "1,2" };
	const works = () => proto.toJSON === undefined && (proto.join as () => string)() === "1,2";
	return { proto, ground: new Ground({ name: "JSON", holders: [proto], works }) };
}

it("one broken thing took away everything else that a script had added", () => {
	const { proto, ground } = realm();
	const [each, first, join] = [() => "each", () => "first", () => "1,2"];
	Object.assign(proto, { each, toJSON: () => "[]", first, join });
	expect(ground.mend()).toBe("JSON (toJSON)");
	expect({ ...proto }).toEqual({ join });
	expect([proto.each, proto.first, proto.toJSON]).toEqual([each, first, undefined]);
	expect(ground.mend()).toBeUndefined();
});

it("what works as it should stays as the script made it, and what does not is as it was", () => {
	const { proto, ground } = realm();
	const before = proto.join;
	proto.join = () => "1,2";
	expect(ground.mend()).toBeUndefined();
	expect(proto.join).not.toBe(before);
	proto.join = () => "";
	proto.each = before;
	expect(ground.mend()).toBe("JSON (join)");
	expect([proto.join, proto.each]).toEqual([before, before]);
	delete proto.join;
	expect(ground.mend()).toBe("JSON (join)");
	expect(proto.join).toBe(before);
});

it("of two that break it together both go, and of more than can be tried all", () => {
	const { proto, ground } = realm();
	Object.assign(proto, { toJSON: 1, join: undefined, each: 2 });
	expect(ground.mend()).toBe("JSON (toJSON, join)");
	expect(proto.each).toBe(2);
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
