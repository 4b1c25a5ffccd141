/** A person's initials; silent, the name stands beside it. The shade follows from the name. */
export function Avatar({ name, large }: { name: string; large?: boolean }) {
	const initials = name
		.split(/\s+/)
		.map((word) => word.charAt(0))
		.filter((letter) => /\p{L}/u.test(letter))
		.slice(0, 2)
		.join("");
	const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
	return (
		<span class="avatar" data-large={large ? "true" : undefined} style={{ "--hue": String(hue) }} aria-hidden="true">
			{initials}
		</span>
	);
}
