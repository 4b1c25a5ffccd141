import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type {
	Deployment,
	DeploymentProperties,
	IntendedState,
	ScriptSummary,
	ScriptVersion,
	StagedRelease,
} from "./model.ts";

interface DeploymentRow {
	id: string;
	type_id: string;
	name: string;
	notes: string;
	intended_state: IntendedState;
	version: number;
	revision: number;
	properties: unknown;
	advanced: unknown;
	credentials: unknown;
	script_version: number | null;
	closed: boolean;
	staged: unknown;
	created_at: Date;
	updated_at: Date;
}

interface ScriptRow {
	deployment_id: string;
	version: number;
	source: string;
	sha256: string;
	uploaded_by: string | null;
	uploaded_at: Date;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		deployments: DeploymentRow;
		framework_scripts: ScriptRow;
	}
}

/** The script itself is kept once, in its versions; reading joins the current one into the properties. */
export interface DeploymentStore {
	all(): Promise<Deployment[]>;
	/** The same without the scripts' texts, which may have a megabyte each. */
	allWithoutScripts(): Promise<Deployment[]>;
	find(id: string): Promise<Deployment | undefined>;
	/** Names of the deployments that sign people in by the OAuth client, by name. */
	namesOfClient(db: Db | Trx, clientId: string): Promise<string[]>;
	/** Locks the row until the transaction ends. */
	lock(trx: Trx, id: string): Promise<Deployment | undefined>;
	/** Installations of a type, with everybody else who wants to install one kept waiting until the transaction ends. */
	countForInstall(trx: Trx, typeId: string): Promise<number>;
	/** Names of all, with everybody else who wants to give one kept waiting until the transaction ends. */
	namesForNaming(trx: Trx): Promise<Array<Pick<Deployment, "id" | "name">>>;
	/** Ids of those that name a group, in their configuration or their staged release. */
	naming(trx: Trx, groupId: string): Promise<string[]>;
	/** Ids of those of which a user alone tries a version. */
	triedBy(trx: Trx, userId: string): Promise<string[]>;
	add(trx: Trx, deployment: Deployment): Promise<void>;
	save(trx: Trx, deployment: Deployment): Promise<void>;
	remove(trx: Trx, id: string): Promise<void>;
	addScript(trx: Trx, script: ScriptVersion): Promise<void>;
	script(deploymentId: string, version: number): Promise<ScriptVersion | undefined>;
	scripts(deploymentId: string): Promise<ScriptSummary[]>;
	/** Highest number of all uploads, by the deployment's id. */
	newestScripts(): Promise<Map<string, number>>;
	/** The number that the next upload gets: also after a roll-back, numbers only grow. */
	nextScriptVersion(trx: Trx, deploymentId: string): Promise<number>;
}

/** Key of the advisory lock that makes installations of one type wait for each other. */
const installLock = 0x1a1a;
/** The same for names. */
const nameLock = 0x1a1b;

export function deploymentStore(db: Db): DeploymentStore {
	const withScript = (from: Db | Trx) =>
		from
			.selectFrom("deployments as d")
			.leftJoin("framework_scripts as s", (join) =>
				join.onRef("s.deployment_id", "=", "d.id").onRef("s.version", "=", "d.script_version"),
			)
			.selectAll("d")
			.select("s.source as source");
	return {
		async all() {
			const rows = await withScript(db).orderBy("d.created_at").orderBy("d.id").execute();
			return rows.map(toDeployment);
		},
		async allWithoutScripts() {
			const rows = await db.selectFrom("deployments").selectAll().orderBy("created_at").orderBy("id").execute();
			return rows.map((row) => toDeployment({ ...row, source: null }));
		},
		async find(id) {
			const row = await withScript(db).where(sql<string>`d.id::text`, "=", id).executeTakeFirst();
			return row && toDeployment(row);
		},
		async namesOfClient(on, clientId) {
			const named = sql<boolean>`properties->>'clientId' = ${clientId}`;
			const rows = await on.selectFrom("deployments").select("name").where(named).orderBy("name").execute();
			return rows.map((row) => row.name);
		},
		async lock(trx, id) {
			const row = await withScript(trx).where(sql<string>`d.id::text`, "=", id).forUpdate("d").executeTakeFirst();
			return row && toDeployment(row);
		},
		async countForInstall(trx, typeId) {
			await sql`select pg_advisory_xact_lock(${installLock}, hashtext(${typeId}))`.execute(trx);
			const row = await trx
				.selectFrom("deployments")
				.select((eb) => eb.fn.countAll<number>().as("count"))
				.where("type_id", "=", typeId)
				.executeTakeFirstOrThrow();
			return Number(row.count);
		},
		async namesForNaming(trx) {
			await sql`select pg_advisory_xact_lock(${nameLock})`.execute(trx);
			return trx.selectFrom("deployments").select(["id", "name"]).execute();
		},
		async naming(trx, groupId) {
			const group = JSON.stringify([groupId]);
			const named = sql<boolean>`(properties->'groups' @> ${group}::jsonb or staged->'groups' @> ${group}::jsonb)`;
			return (await trx.selectFrom("deployments").select("id").where(named).orderBy("id").execute()).map(
				({ id }) => id,
			);
		},
		async triedBy(trx, userId) {
			const tried = sql<boolean>`staged->>'userId' = ${userId}`;
			return (await trx.selectFrom("deployments").select("id").where(tried).orderBy("id").execute()).map(
				({ id }) => id,
			);
		},
		async add(trx, deployment) {
			await trx.insertInto("deployments").values(toRow(deployment)).execute();
		},
		async save(trx, deployment) {
			await trx.updateTable("deployments").set(toRow(deployment)).where("id", "=", deployment.id).execute();
		},
		async remove(trx, id) {
			await trx.deleteFrom("deployments").where("id", "=", id).execute();
		},
		async addScript(trx, script) {
			await trx
				.insertInto("framework_scripts")
				.values({
					deployment_id: script.deploymentId,
					version: script.version,
					source: script.source,
					sha256: script.sha256,
					uploaded_by: script.uploadedBy ?? null,
					uploaded_at: script.uploadedAt,
				})
				.execute();
		},
		async script(deploymentId, version) {
			const row = await db
				.selectFrom("framework_scripts")
				.selectAll()
				.where(sql<string>`deployment_id::text`, "=", deploymentId)
				.where("version", "=", version)
				.executeTakeFirst();
			return row && toScript(row);
		},
		async scripts(deploymentId) {
			const rows = await db
				.selectFrom("framework_scripts")
				.select(["deployment_id", "version", "sha256", "uploaded_by", "uploaded_at"])
				.select(sql<number>`octet_length(source)`.as("bytes"))
				.where("deployment_id", "=", deploymentId)
				.orderBy("version", "desc")
				.execute();
			return rows.map((row) => ({ ...toUpload(row), bytes: row.bytes }));
		},
		async newestScripts() {
			const rows = await db
				.selectFrom("framework_scripts")
				.select((eb) => ["deployment_id", eb.fn.max<number>("version").as("newest")])
				.groupBy("deployment_id")
				.execute();
			return new Map(rows.map(({ deployment_id, newest }) => [deployment_id, newest]));
		},
		async nextScriptVersion(trx, deploymentId) {
			const row = await trx
				.selectFrom("framework_scripts")
				.select((eb) => eb.fn.max<number | null>("version").as("newest"))
				.where("deployment_id", "=", deploymentId)
				.executeTakeFirstOrThrow();
			return (row.newest ?? 0) + 1;
		},
	};
}

function toDeployment(row: DeploymentRow & { source: string | null }): Deployment {
	const properties = row.properties as DeploymentProperties;
	return {
		id: row.id,
		typeId: row.type_id,
		name: row.name,
		notes: row.notes,
		intendedState: row.intended_state,
		version: row.version,
		revision: row.revision,
		properties: row.source === null ? properties : { ...properties, frameworkJs: row.source },
		advanced: row.advanced as Record<string, unknown>,
		credentials: row.credentials as Record<string, unknown>,
		...(row.script_version === null ? {} : { scriptVersion: row.script_version }),
		...(row.staged ? { staged: row.staged as StagedRelease } : {}),
		...(row.closed ? { closed: true } : {}),
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}

function toRow(deployment: Deployment): DeploymentRow {
	const { frameworkJs: _kept, ...properties } = deployment.properties;
	return {
		id: deployment.id,
		type_id: deployment.typeId,
		name: deployment.name,
		notes: deployment.notes,
		intended_state: deployment.intendedState,
		version: deployment.version,
		revision: deployment.revision,
		properties: JSON.stringify(properties),
		advanced: JSON.stringify(deployment.advanced),
		credentials: JSON.stringify(deployment.credentials),
		script_version: deployment.scriptVersion ?? null,
		staged: deployment.staged ? JSON.stringify(deployment.staged) : null,
		closed: deployment.closed ?? false,
		created_at: deployment.createdAt,
		updated_at: deployment.updatedAt,
	};
}

function toScript(row: ScriptRow): ScriptVersion {
	return { ...toUpload(row), source: row.source };
}

function toUpload(row: Omit<ScriptRow, "source">): Omit<ScriptVersion, "source"> {
	return {
		deploymentId: row.deployment_id,
		version: row.version,
		sha256: row.sha256,
		...(row.uploaded_by ? { uploadedBy: row.uploaded_by } : {}),
		uploadedAt: row.uploaded_at,
	};
}
