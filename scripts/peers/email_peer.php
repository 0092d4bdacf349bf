<?php
// PHP's filter_var on the e-mail addresses of a file, one a line: what does an address cost?
//
// Usage: php email_peer.php FILE
//
// Only the syntax is judged; FILTER_FLAG_EMAIL_UNICODE lets letters beyond ASCII pass before the @, as ferry does,
// but never behind it.

function cpu_seconds(): float
{
    $usage = getrusage();
    return $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e6;
}

if ($argc !== 2 || ($lines = @file($argv[1], FILE_IGNORE_NEW_LINES)) === false) {
    exit(2);
}

$valid = 0;
$start = cpu_seconds();
foreach ($lines as $line) {
    if (filter_var($line, FILTER_VALIDATE_EMAIL, FILTER_FLAG_EMAIL_UNICODE) !== false) {
        $valid++;
    }
}
printf("items %d cpu_seconds %.6f valid %d version %s\n", count($lines), cpu_seconds() - $start, $valid, PHP_VERSION);
