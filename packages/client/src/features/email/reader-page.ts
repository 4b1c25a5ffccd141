/** Nothing comes from anywhere, whatever the server let through. */
export const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const style =
	"html{color-scheme:light}body{margin:0;padding:8px;background:#fff;color:#1b1f24;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}" +
	"img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:4px 0;padding-inline-start:8px;border-inline-start:2px solid #c8ccd2;color:#4a5159}pre{white-space:pre-wrap}";

/** The page in which a mail is shown. @param pictures those that came with it, as `data:` addresses by their content ids */
export function pageFor(html: string, pictures: ReadonlyMap<string, string>): string {
	return `<!doctype html><html dir="auto"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${withPictures(html, pictures)}`;
}

/** Letters of pictures that a page takes: a mail may show one of five megabytes a thousand times. */
const mostLetters = 60_000_000;

/** How many more letters of pictures a page takes. */
export interface PictureRoom {
	letters: number;
}

export function pictureRoom(): PictureRoom {
	return { letters: mostLetters };
}

/** With the pictures that came with it where it shows them, as long as there is room for them. */
export function withPictures(html: string, pictures: ReadonlyMap<string, string>, room = pictureRoom()): string {
	return html.replace(/<img src="cid:([^"]*)"/g, (whole, id: string) => {
		const picture = pictures.get(id);
		if (picture === undefined || picture.length > room.letters) return whole;
		room.letters -= picture.length;
		return `<img src="${picture}"`;
	});
}
