/** Nothing comes from anywhere, whatever the server let through. */
export const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const style =
	"html{color-scheme:light}body{margin:0;padding:8px;background:#fff;color:#1b1f24;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}" +
	"img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:4px 0;padding-inline-start:8px;border-inline-start:2px solid #c8ccd2;color:#4a5159}pre{white-space:pre-wrap}";

/** The page in which a mail is shown. @param pictures those that came with it, as `data:` addresses by their content ids */
export function pageFor(html: string, pictures: ReadonlyMap<string, string>): string {
	return `<!doctype html><html dir="auto"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${withPictures(html, pictures)}`;
}

/** With the pictures that came with it where it shows them. */
export function withPictures(html: string, pictures: ReadonlyMap<string, string>): string {
	return html.replace(/\bsrc="cid:([^"]*)"/g, (whole, id: string) => {
		const picture = pictures.get(id);
		return picture === undefined ? whole : `src="${picture}"`;
	});
}
