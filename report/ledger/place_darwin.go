package ledger

import "syscall"

func onNetwork(folder string) bool {
	var stat syscall.Statfs_t
	if syscall.Statfs(folder, &stat) != nil {
		return false
	}
	var kind []byte
	for _, c := range stat.Fstypename {
		if c == 0 {
			break
		}
		kind = append(kind, byte(c))
	}
	switch string(kind) {
	case "nfs", "smbfs", "afpfs", "webdav", "ftp":
		return true
	}
	return false
}
