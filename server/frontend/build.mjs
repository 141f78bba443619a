/**
 * Makes the scripts of the pages: `node build.mjs OUT SOURCES` bundles each script into the folder OUT, with the hash
 * of its content in its name, and writes `manifest.json` and `licenses.txt` beside them. SOURCES is the hash of what
 * it is made from, which build.py compares. `node build.mjs --tests OUT FILE...` bundles tests for Node.
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Files of packages that the server or a script reads as they are. */
const FILES = ["world-atlas/countries-50m.json", "world-atlas/land-50m.json"];

/** @type {import("esbuild").BuildOptions} */
const COMMON = { absWorkingDir: HERE, bundle: true, format: "esm", logLevel: "warning", target: "es2022" };

/**
 * The licence of a package: its name and version, what it says of itself, and the text that it carries.
 * @param {string} name
 */
async function licence(name) {
    const folder = path.join(HERE, "node_modules", name);
    const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    if (!about.license) throw new Error(`the package ${name} names no licence`);
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
    const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "");
    const whole =
        texts.length > 0 ? texts.map((text) => text.trim()).join("\n\n") : `Copyright: ${author || "its authors"}`;
    return `${about.name} ${about.version}\nLicence: ${about.license}\n\n${whole}\n`;
}

/**
 * The package that a file belongs to, if it is of one.
 * @param {string} file
 */
function packageOf(file) {
    return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(file)?.[1];
}

/**
 * @param {string} out
 * @param {string} sources
 */
async function pages(out, sources) {
    await mkdir(out, { recursive: true });
    const entries = (await readdir(HERE)).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts")).sort();
    const made = await esbuild.build({
        ...COMMON,
        entryPoints: entries,
        outdir: out,
        entryNames: "[name].[hash]",
        chunkNames: "chunk.[hash]",
        assetNames: "[name].[hash]",
        splitting: true,
        minify: true,
        metafile: true,
        legalComments: "none",
    });
    /** @type {Record<string, string>} */
    const files = {};
    const packages = new Set(FILES.map((file) => packageOf(`node_modules/${file}`)));
    for (const [file, about] of Object.entries(made.metafile.outputs)) {
        const name = path.basename(file);
        if (about.entryPoint) {
            const script = path.basename(about.entryPoint, ".ts");
            files[`${script}.js`] = name;
            if (about.cssBundle) files[`${script}.css`] = path.basename(about.cssBundle);
        } else if (!name.endsWith(".css")) {
            files[name] = name;
        }
        // A package stands in the licences where bytes of it stand in an output.
        for (const [input, part] of Object.entries(about.inputs))
            if (part.bytesInOutput > 0) packages.add(packageOf(input));
    }
    for (const file of FILES) {
        const from = path.join(HERE, "node_modules", file);
        const hash = createHash("sha256")
            .update(await readFile(from))
            .digest("hex")
            .slice(0, 8)
            .toUpperCase();
        const { name, ext, base } = path.parse(file);
        files[base] = `${name}.${hash}${ext}`;
        await copyFile(from, path.join(out, files[base]));
    }
    const names = [...packages].filter((name) => name !== undefined).sort();
    const texts = await Promise.all(names.map(licence));
    const head = "The scripts and maps of the pages contain these works of others, each under its own licence.\n\n";
    await writeFile(path.join(out, "licenses.txt"), head + texts.join(`\n${"-".repeat(80)}\n\n`));
    const manifest = { sources, files: Object.fromEntries(Object.entries(files).sort()) };
    await writeFile(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {string} out
 * @param {string[]} files
 */
async function tests(out, files) {
    await esbuild.build({
        ...COMMON,
        entryPoints: files,
        outdir: out,
        outExtension: { ".js": ".mjs" },
        platform: "node",
        target: "node20",
        sourcemap: "inline",
    });
}

const [first = "", second = "", ...rest] = process.argv.slice(2);
try {
    await (first === "--tests" ? tests(second, rest) : pages(path.resolve(first), second));
} catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
}
