/** Every node of a syntax tree, outer ones first; what stands below one of which `each` says `false` is left out. */
export function visit<Node extends { type: string }>(node: Node, each: (node: Node) => unknown): void {
	if (each(node) === false) return;
	for (const value of Object.values(node)) {
		for (const child of Array.isArray(value) ? value : [value]) {
			if (typeof (child as Node | null)?.type === "string") visit(child as Node, each);
		}
	}
}
