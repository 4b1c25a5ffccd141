/** Names as they are written in the source. */
import type { FunctionNode, SourceNode } from "./walk.ts";

/** The name of a property that is written as such or as a text. */
export function keyName(key: SourceNode): string | undefined {
	if (key.type === "Identifier") return key.name;
	if (key.type === "PrivateIdentifier") return `#${key.name}`;
	return key.type === "Literal" && (typeof key.value === "string" || typeof key.value === "number")
		? String(key.value)
		: undefined;
}

/** `b` of `a.b` and of `a["b"]`; `#b` of `a.#b`. */
export function memberName(node: SourceNode & { type: "MemberExpression" }): string | undefined {
	if (!node.computed) return keyName(node.property);
	return node.property.type === "Literal" && typeof node.property.value === "string" ? node.property.value : undefined;
}

/** What a function returns, if there is one place alone where it does, at its end. */
export function onlyReturn(fn: FunctionNode): SourceNode | undefined {
	if (fn.body.type !== "BlockStatement") return fn.body;
	const last = fn.body.body.at(-1);
	return last?.type === "ReturnStatement" ? (last.argument ?? undefined) : undefined;
}
