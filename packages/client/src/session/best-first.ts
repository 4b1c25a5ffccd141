/** In the order of how well a name fits what was typed, as the server has it for people: whoever types "Anna" means no Hanna first. */
export function bestFirst<One extends { name?: string | undefined }>(found: readonly One[], text: string): One[] {
	const wanted = folded(text.trim());
	const score = ({ name = "" }: One) => {
		const own = folded(name);
		if (own === wanted) return 4;
		if (own.startsWith(wanted)) return 3;
		if (` ${own.replaceAll(/[-.,]/g, " ")}`.includes(` ${wanted.replaceAll(/[-.,]/g, " ")}`)) return 2;
		return own.includes(wanted) ? 1 : 0;
	};
	return found.toSorted((a, b) => score(b) - score(a));
}

function folded(text: string): string {
	return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
