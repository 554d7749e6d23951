// node comunica.js FILE < queries: a JSON list of SELECT queries in, a JSON list of SPARQL JSON results out.
import { text } from 'node:stream/consumers';
import { QueryEngine } from '@comunica/query-sparql-file';

const engine = new QueryEngine();
const answers = [];
for (const query of JSON.parse(await text(process.stdin))) {
  const result = await engine.query(query, { sources: [{ type: 'file', value: process.argv[2] }] });
  const { data } = await engine.resultToString(result, 'application/sparql-results+json');
  const { head, results } = JSON.parse(await text(data));
  answers.push({ head, results });
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
