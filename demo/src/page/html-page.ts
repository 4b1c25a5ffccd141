/**
 * A page of the demo that the server writes: it loads nothing and runs nothing, also no icon, for which a browser asks otherwise.
 * @param main HTML
 */
export function htmlPage({ title, style, main }: { title: string; style: string; main: string }): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
