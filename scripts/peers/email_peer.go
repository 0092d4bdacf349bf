// Go's net/mail on the e-mail addresses of a file, one a line: what does an address cost?
//
// Build: go build -o email_peer_go email_peer.go
// Usage: email_peer_go FILE
//
// Only the syntax is judged, and addresses with a name (`Name <a@b>`) are taken too. The file is in memory.
package main

import (
	"fmt"
	"net/mail"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// cpuSeconds is the user and system time of the process: the garbage collector's threads cost too.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	if len(os.Args) != 2 {
		os.Exit(2)
	}
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	runtime.GC()

	valid := 0
	start := cpuSeconds()
	for _, line := range lines {
		if _, err := mail.ParseAddress(line); err == nil {
			valid++
		}
	}
	fmt.Printf("items %d cpu_seconds %.6f valid %d version %s\n", len(lines), cpuSeconds()-start, valid, runtime.Version())
}
