/** Going through a syntax tree without recursion: minified scripts nest deeper than a stack may. */
import type { AnyNode } from "acorn";

export type SourceNode = AnyNode;

/** What stands directly inside a node, in no particular order. */
export function childrenOf(node: SourceNode): SourceNode[] {
	const children: SourceNode[] = [];
	for (const key in node) {
		const value = (node as unknown as Record<string, unknown>)[key];
		if (typeof value !== "object" || value === null) continue;
		if (!Array.isArray(value)) {
			if (isNode(value)) children.push(value);
		} else for (const each of value) if (isNode(each)) children.push(each);
	}
	return children;
}

/** A node and all that stands in it, a node before what it holds; `enter` answering false leaves its contents out. */
export function visit(root: SourceNode, enter: (node: SourceNode) => boolean | undefined): void {
	const waiting: SourceNode[] = [root];
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		// One by one: a bundle's block may have more statements than a call takes arguments.
		if (enter(node) !== false) for (const child of childrenOf(node)) waiting.push(child);
	}
}

/** Whether any node of a tree is as `wanted` says. */
export function holds(root: SourceNode, wanted: (node: SourceNode) => boolean): boolean {
	let found = false;
	visit(root, (node) => {
		found ||= wanted(node);
		return !found;
	});
	return found;
}

function isNode(value: unknown): value is SourceNode {
	return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** `function`, arrow or method. */
export type FunctionNode = Extract<
	AnyNode,
	{ type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }
>;
