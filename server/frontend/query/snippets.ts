// The present query as a program that asks it: in Python, R and with curl.

export interface Snippet {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** The snippets of a query against an endpoint; `release` pins one, so that a paper's numbers stay as they are. */
export function snippetsOf(query: string, endpoint: string, release: string, graph = false): Snippet[] {
  return [
    { name: "python", title: "Python", text: python(query, endpoint, release, graph) },
    { name: "r", title: "R", text: r(query, endpoint, release, graph) },
    { name: "curl", title: "curl", text: curl(query, endpoint, release, graph) },
  ];
}

function python(query: string, endpoint: string, release: string, graph: boolean): string {
  const libraries = graph
    ? "# pip install httpx rdflib\nimport httpx\nimport rdflib"
    : "# pip install httpx pandas\nimport io\n\nimport httpx\nimport pandas";
  const use = graph
    ? 'graph = rdflib.Graph().parse(data=answer.text, format="turtle")\nprint(len(graph), "triples")'
    : "table = pandas.read_csv(io.StringIO(answer.text))\nprint(table)";
  return `${libraries}

query = ${pythonText(query)}

answer = httpx.post(
    ${JSON.stringify(endpoint)},
    data={"query": query, "release": ${JSON.stringify(release)}, "format": "${graph ? "turtle" : "csv"}"},
    timeout=60,
)
answer.raise_for_status()
${use}
`;
}

/** A text in three quotes, where nothing of it needs another form; else escaped on one line. */
function pythonText(text: string): string {
  const plain = !text.includes('"""') && !text.includes("\\") && !text.endsWith('"');
  return plain ? `"""\\\n${text}"""` : JSON.stringify(text);
}

/** R without a package, which can only GET. URLencode would leave a text alone that looks encoded. */
function r(query: string, endpoint: string, release: string, graph: boolean): string {
  const use = graph
    ? 'lines <- readLines(address, encoding = "UTF-8")\ncat(lines, sep = "\\n")'
    : 'table <- read.csv(address, fileEncoding = "UTF-8", na.strings = "", check.names = FALSE)\nprint(table)';
  return `query <- ${rText(query)}

parameters <- c(release = ${rText(release)}, format = "${graph ? "turtle" : "csv"}", query = query)
encoded <- vapply(parameters, URLencode, "", reserved = TRUE, repeated = TRUE)
address <- paste0(
  ${rText(`${endpoint}?`)},
  paste(names(parameters), encoded, sep = "=", collapse = "&")
)
${use}
`;
}

/** A raw string of R (4.0), closed by as many dashes as the text does not have. */
function rText(text: string): string {
  if (!/["\\\n]/.test(text)) return `"${text}"`;
  let dashes = "";
  while (text.includes(`)${dashes}"`)) dashes += "-";
  return `r"${dashes}(${text})${dashes}"`;
}

function curl(query: string, endpoint: string, release: string, graph: boolean): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return `curl ${quoted(endpoint)} \\
  -H 'Accept: text/${graph ? "turtle" : "csv"}' \\
  --data-urlencode release=${release} \\
  --data-urlencode query=${quoted(query)}
`;
}
