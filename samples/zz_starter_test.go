package samples
import ("testing";"os";"valuebook/templates")
func TestZZ(t *testing.T){ data,_:=templates.Files.ReadFile("starter.yaml"); wb,_:=Starter(data); os.WriteFile("/tmp/sgen/starter.xlsx",write(t,wb),0o644)}
