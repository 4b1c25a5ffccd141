import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";

/** Where Debian's Dovecot lies: the system's, or one that is unpacked into `.inlay/`, where it stays. */
function ensureDovecot(): string {
	if (existsSync("/usr/lib/dovecot/imap")) return "/";
	const folder = join(import.meta.dirname, "../../../../../.inlay");
	const root = join(folder, "dovecot");
	if (existsSync(root)) return root;
	const work = join(folder, `dovecot-${process.pid}`);
	mkdirSync(work, { recursive: true });
	execFileSync("apt-get", ["download", "dovecot-core", "dovecot-imapd"], { cwd: work, stdio: "ignore" });
	for (const name of readdirSync(work).filter((one) => one.endsWith(".deb")))
		execFileSync("dpkg", ["-x", name, "root"], { cwd: work });
	renameSync(join(work, "root"), root);
	return root;
}

/**
 * Debian's Dovecot, with one mailbox, at a port of its own: each connection is one of its IMAP processes, which is signed in
 * (PREAUTH), so that it needs neither root nor a configuration of the system's.
 */
export async function dovecot(folder: string) {
	const root = ensureDovecot();
	const lib = join(root, "usr/lib/dovecot");
	const configuration = join(folder, "dovecot.conf");
	// It reads nobody's mails as root.
	const isRoot = process.getuid?.() === 0;
	const id = isRoot ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
	const lines = [
		...["default_login_user = nobody", "default_internal_user = nobody", "default_internal_group = nogroup"],
		...[`mail_uid = ${id.uid}`, `mail_gid = ${id.gid}`, "first_valid_uid = 0", "first_valid_gid = 0"],
		...[`mail_location = maildir:${folder}/mail`, `log_path = ${folder}/log`],
		...["namespace inbox {", "  inbox = yes", "  separator = /", "}", ""],
	];
	writeFileSync(configuration, lines.join("\n"));
	mkdirSync(join(folder, "mail"));
	const own = (path: string) => chownSync(path, id.uid, id.gid);
	for (const path of [folder, join(folder, "mail"), configuration]) own(path);
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		const args = ["-c", configuration, "-f", "service=imap", "-m", "imap", "-p", "-e", join(lib, "imap")];
		const child = spawn(join(root, "usr/bin/doveconf"), args, {
			env: { USER: "shop", HOME: folder, PATH: process.env.PATH, LD_LIBRARY_PATH: `${lib}:${lib}/modules` },
			stdio: ["pipe", "pipe", "ignore"],
			...(isRoot ? id : {}),
		});
		socket.pipe(child.stdin);
		child.stdout.pipe(socket);
		for (const one of [socket, child.stdin, child.stdout]) one.on("error", () => {});
		socket.on("close", () => {
			open.delete(socket);
			child.kill();
		});
	});
	let port = 0;
	const start = async () => {
		await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
		port = (server.address() as { port: number }).port;
	};
	await start();
	let count = 0;
	return {
		get port() {
			return port;
		},
		start,
		async stop(): Promise<void> {
			for (const socket of open) socket.destroy();
			await new Promise((done) => server.close(done));
		},
		/** Delivers a mail, as a mail server does into a Maildir. */
		put(raw: string): void {
			count += 1;
			const name = `1700000000.${count}_${process.pid}.test`;
			for (const one of ["tmp", "new", "cur"]) mkdirSync(join(folder, "mail", one), { recursive: true });
			for (const one of ["tmp", "new", "cur"]) own(join(folder, "mail", one));
			writeFileSync(join(folder, "mail/tmp", name), raw);
			own(join(folder, "mail/tmp", name));
			renameSync(join(folder, "mail/tmp", name), join(folder, "mail/new", name));
		},
		/** Mails in a folder of the Maildir. */
		count(name: "INBOX" | "Imported"): number {
			const at = join(folder, "mail", name === "INBOX" ? "" : `.${name}`);
			return ["new", "cur"].reduce(
				(sum, one) => sum + (existsSync(join(at, one)) ? readdirSync(join(at, one)).length : 0),
				0,
			);
		},
	};
}
