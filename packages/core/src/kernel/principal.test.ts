import { expect, test } from "vitest";
import { missingWhere } from "./principal.ts";

test.each([
	[["north"], "This needs the permission a:b:c in the division north."],
	[["north", "south"], "This needs the permission a:b:c in one of the divisions north, south."],
	[[""], "This needs the permission a:b:c in every division (*)."],
	[[], "This needs the permission a:b:c in every division (*)."],
])("a refusal read of no division at all, or of several as if each were needed: %j", (divisions, text) => {
	const { message, options } = missingWhere("a:b:c", divisions, () => true);
	expect(message.replace(/\{(\w+)\}/g, (_, name: string) => options.params?.[name] ?? "")).toBe(text);
});
